package org.elasticvision.runtime.doctor;

import java.util.List;

/** Runs a checkup in this process. */
final class Examination {
    private Examination() {}

    /** Never fails: what the checkup throws becomes a finding. */
    static List<Finding> of(Checkup checkup) {
        try {
            return checkup.examine();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            return List.of(Finding.broken(checkup.name(), "the check failed: " + rootOf(e)));
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
