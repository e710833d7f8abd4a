package org.elasticvision.runtime.engine.onednn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.onednn.natives.Plan;

/**
 * Plans of an engine, made when they are needed, for batches of several sizes and as many runs at a time as its options say. Safe for use by
 * any number of threads.
 */
final class PlanPool implements AutoCloseable {
    /** Sizes of batches whose plans are kept, for each run at a time; making one again takes a tenth of a second. */
    private static final int MOST_SIZES = 4;

    private final Workers workers = Workers.shared();
    private final Deque<Plans> idle = new ArrayDeque<>(); // the one that waits longest first; guarded by this
    private final Maker maker;
    private final int threads;
    private final int runs;
    private final Semaphore turns;

    /** Makes a plan. */
    interface Maker {
        /**
         * Makes it, on the thread that is to run it.
         *
         * @param batch images in a run
         * @param threads that a run uses
         */
        Plan make(int batch, int threads);
    }

    /** What is done with a plan. */
    interface Work {
        void with(Plan plan);
    }

    /**
     * @param options how many threads, and runs at a time
     * @param maker makes plans
     */
    PlanPool(EngineOptions options, Maker maker) {
        this.maker = maker;
        this.threads = options.effectiveThreads();
        this.runs = Math.max(1, options.callers() / Math.max(1, options.threads()));
        this.turns = new Semaphore(runs, true);
        workers.open();
    }

    /**
     * Makes the plan for a batch.
     *
     * @throws org.elasticvision.runtime.base.ModelException where it cannot be made
     */
    void prepare(int batch) {
        compute(() -> putBack(take(batch)));
    }

    /**
     * Runs work with a plan for a batch when it is its turn, and waits for it.
     *
     * @throws org.elasticvision.runtime.base.ModelException where the plan cannot be made or run
     */
    void run(Work work, int batch) {
        compute(() -> {
            Plans plans = take(batch);
            try {
                plans.run(work);
            } finally {
                putBack(plans);
            }
        });
    }

    private void compute(Runnable job) {
        turns.acquireUninterruptibly();
        try {
            workers.run(threads, job);
        } finally {
            turns.release();
        }
    }

    private Plans take(int batch) {
        synchronized (this) {
            for (Iterator<Plans> all = idle.descendingIterator(); all.hasNext(); ) {
                Plans one = all.next();
                if (one.batch == batch) {
                    all.remove();
                    return one;
                }
            }
            if (idle.size() == MOST_SIZES * runs) {
                idle.removeFirst().close();
            }
        }
        return new Plans(batch);
    }

    private synchronized void putBack(Plans plans) {
        idle.add(plans);
    }

    /** Frees all plans; nothing may run any more. */
    @Override
    public synchronized void close() {
        idle.forEach(Plans::close);
        idle.clear();
        workers.close();
    }

    /** Plans for batches of one size: for all threads, and for one alone once that was needed. For one thread at a time. */
    private final class Plans implements AutoCloseable {
        private final int batch;
        private final ThreadChoice choice = new ThreadChoice(threads);
        private final Plan together;
        private Plan alone;

        Plans(int batch) {
            this.batch = batch;
            together = maker.make(batch, threads);
        }

        void run(Work work) {
            if (choice.threads() < threads && alone == null) {
                makeAlone();
            }
            Plan plan = choice.threads() < threads ? alone : together;
            long start = System.nanoTime();
            work.with(plan);
            choice.took(System.nanoTime() - start);
        }

        /** Takes memory once more; where there is none, the plan that runs is enough. */
        private void makeAlone() {
            try {
                alone = maker.make(batch, 1);
            } catch (RuntimeException | OutOfMemoryError e) {
                choice.cannotBeAlone();
            }
        }

        @Override
        public void close() {
            together.close();
            if (alone != null) {
                alone.close();
            }
        }
    }
}
