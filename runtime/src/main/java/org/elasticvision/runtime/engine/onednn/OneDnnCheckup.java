package org.elasticvision.runtime.engine.onednn;

import java.util.List;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Dependencies;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.engine.onednn.natives.OneDnn;

/** Whether oneDNN works, and with which instructions. */
final class OneDnnCheckup implements Checkup {
    static final String NAME = "oneDNN";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return 35;
    }

    @Override
    public boolean isolated() {
        return true;
    }

    @Override
    public List<Finding> examine() {
        try {
            return List.of(Finding.ok(NAME)
                    .withVersion(OneDnn.version())
                    .withDetail(CpuPrecisions.current().text(OneDnn.instructions())));
        } catch (ElasticVisionException | LinkageError e) {
            return List.of(Finding.absent(NAME, String.valueOf(e.getMessage()))
                    .withRemedy("put org.bytedeco:dnnl:" + Dependencies.version("dnnl")
                            + " on the class path, with the classifier of this platform"));
        }
    }
}
