package org.elasticvision.runtime.doctor.machine;

import java.util.Locale;

/** Human-readable sizes. */
final class Bytes {
    static final long MEGA = 1_000_000;
    static final long GIGA = 1_000_000_000;

    private Bytes() {}

    /** Such as {@code 15.6 GB} or {@code 312 MB}. */
    static String text(long bytes) {
        return bytes < GIGA ? bytes / MEGA + " MB" : String.format(Locale.ROOT, "%.1f GB", (double) bytes / GIGA);
    }
}
