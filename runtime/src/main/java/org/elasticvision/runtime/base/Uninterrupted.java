package org.elasticvision.runtime.base;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits that an interruption does not end: for work that is done in a moment and must not be left half-done. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * Waits for a result; the thread is interrupted afterwards if it was before or meanwhile.
     *
     * @param <T> what is waited for
     * @param future its maker, which ends by itself
     * @return the result
     * @throws ExecutionException where making it failed
     */
    public static <T> T get(Future<T> future) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits for a result as {@link #get} does. Where making it failed, what it threw is thrown here, so that work may be moved to another
     * thread without a difference to who waits for it.
     *
     * @param <T> what is waited for
     * @param future its maker, which ends by itself and throws nothing that is checked
     * @return the result
     */
    public static <T> T result(Future<T> future) {
        try {
            return get(future);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Waits for a thread's end; the waiting thread is interrupted afterwards if it was before or meanwhile.
     *
     * @param thread that ends by itself
     */
    public static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
