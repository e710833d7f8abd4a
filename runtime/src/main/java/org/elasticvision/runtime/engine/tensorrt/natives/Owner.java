package org.elasticvision.runtime.engine.tensorrt.natives;

import java.util.ArrayDeque;
import java.util.Deque;

/** Frees what belongs together: the last made first, each once, and all of them even where one fails. For one thread. */
public final class Owner implements AutoCloseable {
    private final Deque<Freeing> freeings = new ArrayDeque<>();

    /** Frees one thing. */
    @FunctionalInterface
    public interface Freeing {
        /** Does it. */
        void free();
    }

    /**
     * Takes over one more thing.
     *
     * @param freeing frees it
     */
    public void add(Freeing freeing) {
        freeings.push(freeing);
    }

    /**
     * Makes this the owner of a thing that can be closed.
     *
     * @param <C> what it is
     * @param closing the thing
     * @return the same
     */
    public <C extends Closing> C own(C closing) {
        add(closing::close);
        return closing;
    }

    /** An AutoCloseable whose closing throws nothing checked. */
    public interface Closing extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * After a failure: what freeing fails with goes along with it.
     *
     * @param failure gets it as suppressed
     */
    public void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Throws the first failure, the others added to it, when all is freed. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!freeings.isEmpty()) {
            try {
                freeings.pop().free();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
