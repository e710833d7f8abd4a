package org.elasticvision.runtime.engine;

/**
 * How an engine is opened.
 *
 * @param threads that one run may use; 0 for the machine's physical cores, which is right for one caller. Where many
 *     threads call at once, 1 gives the best throughput
 */
public record EngineOptions(int threads) {
    private static final int MOST_THREADS = 1024;

    public EngineOptions {
        if (threads < 0 || threads > MOST_THREADS) {
            throw new IllegalArgumentException(
                    "threads " + threads + " must be between 0 (all physical cores) and " + MOST_THREADS);
        }
    }

    /** Physical cores, on the CPU. */
    public static EngineOptions defaults() {
        return new EngineOptions(0);
    }

    /** The number of threads with 0 resolved to the physical cores. */
    public int effectiveThreads() {
        return threads > 0 ? threads : PhysicalCores.count();
    }
}
