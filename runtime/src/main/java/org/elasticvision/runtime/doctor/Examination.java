package org.elasticvision.runtime.doctor;

import java.util.List;
import org.elasticvision.runtime.base.LinkErrors;

/** Runs a checkup in this process. */
final class Examination {
    private Examination() {}

    /** Never fails: what the checkup throws becomes a finding. */
    static List<Finding> of(Checkup checkup) {
        try {
            return checkup.examine();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            return List.of(Finding.broken(checkup.name(), "the check failed: " + LinkErrors.rootOf(e)));
        }
    }
}
