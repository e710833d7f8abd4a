package org.elasticvision.runtime.base;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Keeps native memory from being freed under a running call: calls share it, closing waits for them and shuts it. */
public final class CloseGuard {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final String name;
    private boolean closed;

    /**
     * Guards what messages call so.
     *
     * @param name what messages call it
     */
    public CloseGuard(String name) {
        this.name = name;
    }

    /** A call, or the freeing. */
    @FunctionalInterface
    public interface Call<E extends Exception> {
        /**
         * Does it.
         *
         * @throws E if it fails
         */
        void run() throws E;
    }

    /**
     * Runs a call, or refuses it when closed.
     *
     * @param <E> what the call may throw
     * @param call what is run
     * @throws IllegalStateException after {@link #close}
     * @throws E what the call throws
     */
    public <E extends Exception> void enter(Call<E> call) throws E {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(name + " is closed: open it again, or close it after the last call");
            }
            call.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Waits for running calls, then frees; only the first call does.
     *
     * @param <E> what the call may throw
     * @param free what is run at the end
     * @throws E what the call throws
     */
    public <E extends Exception> void close(Call<E> free) throws E {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                free.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
