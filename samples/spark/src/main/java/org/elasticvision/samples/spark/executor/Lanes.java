package org.elasticvision.samples.spark.executor;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of an executor that decode images and run the network, shared by its tasks: as many as its tasks have had together at
 * any time. While one task writes its last answers, or no other is left to start, its threads work for the others. Safe for use by any
 * number of threads, which are daemons.
 */
final class Lanes {
    /** Those of this process. */
    static final Lanes SHARED = new Lanes();

    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), work -> {
                Thread thread = new Thread(work, "elastic-lane");
                thread.setDaemon(true);
                return thread;
            });
    private int lent;

    /** A task begins that has so many threads. */
    synchronized void add(int threads) {
        lent += threads;
        if (lent > pool.getCorePoolSize()) {
            pool.setMaximumPoolSize(lent);
            pool.setCorePoolSize(lent);
        }
    }

    /** A task ends that had so many threads. */
    synchronized void remove(int threads) {
        lent -= threads;
    }

    /** {@return how many threads there are at most} */
    int count() {
        return pool.getCorePoolSize();
    }

    <T> Future<T> submit(Callable<T> work) {
        return pool.submit(work);
    }
}
