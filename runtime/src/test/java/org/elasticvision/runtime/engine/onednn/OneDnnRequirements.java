package org.elasticvision.runtime.engine.onednn;

import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.onednn.natives.OneDnn;
import org.junit.jupiter.api.Assumptions;

/** Skips tests where oneDNN's native library is not for this platform. */
public final class OneDnnRequirements {
    private OneDnnRequirements() {}

    public static void assumeThatItLoads() {
        try {
            OneDnn.load();
        } catch (ElasticVisionException e) {
            Assumptions.abort(e.getMessage());
        }
    }
}
