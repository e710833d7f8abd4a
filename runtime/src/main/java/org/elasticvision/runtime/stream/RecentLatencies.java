package org.elasticvision.runtime.stream;

import java.time.Duration;
import java.util.Arrays;

/** The latest latencies, and the longest of all. Safe for use by several threads. */
final class RecentLatencies {
    private static final int KEPT = 1024;

    private final long[] latest = new long[KEPT];
    private long count;
    private long longest;

    synchronized void add(long nanos) {
        latest[(int) (count++ % KEPT)] = nanos;
        longest = Math.max(longest, nanos);
    }

    synchronized long count() {
        return count;
    }

    /**
     * The nearest rank among the latest; zero where there are none.
     *
     * @param share 0..1, such as 0.5 for the median
     */
    synchronized Duration percentile(double share) {
        if (count == 0) {
            return Duration.ZERO;
        }
        long[] sorted = Arrays.copyOf(latest, (int) Math.min(count, KEPT));
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)]);
    }

    synchronized Duration longest() {
        return Duration.ofNanos(longest);
    }
}
