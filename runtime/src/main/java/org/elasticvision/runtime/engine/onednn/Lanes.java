package org.elasticvision.runtime.engine.onednn;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.onednn.natives.Plan;

/**
 * Threads of an engine's own, each with plans of its own: as many runs go on at a time. Callers' threads keep their settings of OpenMP,
 * and no more threads compute than were asked for, however many call. Safe for use by any number of threads.
 */
final class Lanes implements AutoCloseable {
    /** Sizes of batches whose plans a lane keeps; making one again takes a tenth of a second. */
    private static final int MOST_PLANS = 4;

    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final Maker maker;
    private final String name;
    private final int threads;
    private final Lane[] lanes;
    private int started; // guarded by this
    private int underway; // guarded by this

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
     * @param name for the threads
     * @param options how many lanes and threads
     * @param maker makes plans
     */
    Lanes(String name, EngineOptions options, Maker maker) {
        this.name = name;
        this.maker = maker;
        this.threads = options.effectiveThreads();
        this.lanes = new Lane[Math.max(1, options.callers() / Math.max(1, options.threads()))];
    }

    /**
     * Runs work with a plan for a batch, on a lane that is free, and waits for it.
     *
     * @throws org.elasticvision.runtime.base.ModelException where the plan cannot be made or run
     */
    void run(Work work, int batch) {
        await(new Job(work, batch));
    }

    /**
     * Makes the plan for a batch on a lane that is free, and waits for it.
     *
     * @throws org.elasticvision.runtime.base.ModelException where the plan cannot be made
     */
    void prepare(int batch) {
        await(new Job(null, batch));
    }

    private void await(Job job) {
        begin();
        try {
            jobs.add(job);
            job.await();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        underway++;
        if (underway > started && started < lanes.length) {
            lanes[started] = new Lane(name + "-" + started);
            lanes[started].start();
            started++;
        }
    }

    private synchronized void end() {
        underway--;
    }

    @Override
    public void close() {
        for (int i = 0; i < started; i++) {
            jobs.add(Job.END);
        }
        for (int i = 0; i < started; i++) {
            lanes[i].await();
        }
    }

    private static final class Job {
        private static final Job END = new Job(null, 0);

        private final Work work; // null where a plan is all that is wanted
        private final int batch;
        private final CountDownLatch done = new CountDownLatch(1);
        private Throwable failure;

        Job(Work work, int batch) {
            this.work = work;
            this.batch = batch;
        }

        /** Waits, interrupted or not: the caller's buffers are in use until then. */
        void await() {
            boolean interrupted = false;
            while (true) {
                try {
                    done.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }
    }

    /** Plans for batches of one size: for all threads, and for one alone once that was needed. For one thread. */
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
            Plan plan = together;
            if (choice.threads() < threads) {
                if (alone == null) {
                    alone = maker.make(batch, 1);
                }
                plan = alone;
            }
            long start = System.nanoTime();
            work.with(plan);
            choice.took(System.nanoTime() - start);
        }

        @Override
        public void close() {
            together.close();
            if (alone != null) {
                alone.close();
            }
        }
    }

    private final class Lane extends Thread {
        private final Map<Integer, Plans> plans = new LinkedHashMap<>(16, 0.75f, true);

        Lane(String name) {
            super("onednn-" + name);
            setDaemon(true);
        }

        @Override
        public void run() {
            while (true) {
                Job job = next();
                if (job == Job.END) {
                    plans.values().forEach(Plans::close);
                    return;
                }
                try {
                    Plans known = plans(job.batch);
                    if (job.work != null) {
                        known.run(job.work);
                    }
                } catch (RuntimeException | Error e) {
                    job.failure = e;
                }
                job.done.countDown();
            }
        }

        private Job next() {
            while (true) {
                try {
                    return jobs.take();
                } catch (InterruptedException e) {
                    // nobody may end it but the engine
                }
            }
        }

        private Plans plans(int batch) {
            Plans known = plans.get(batch);
            if (known != null) {
                return known;
            }
            if (plans.size() == MOST_PLANS) {
                Iterator<Plans> oldest = plans.values().iterator();
                oldest.next().close();
                oldest.remove();
            }
            Plans made = new Plans(batch);
            plans.put(batch, made);
            return made;
        }

        void await() {
            boolean interrupted = false;
            while (true) {
                try {
                    join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
