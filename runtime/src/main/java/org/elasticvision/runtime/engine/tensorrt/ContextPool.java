package org.elasticvision.runtime.engine.tensorrt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.tensorrt.natives.NativeEngine;
import org.elasticvision.runtime.engine.tensorrt.natives.NativeEngine.Context;
import org.elasticvision.runtime.engine.tensorrt.natives.Owner;

/**
 * A few execution contexts of an engine, each lent to one thread at a time. A second is made only where two threads call at
 * once: while one copies its images, the other computes. Where the GPU has no memory for it, they take turns with one.
 */
final class ContextPool implements Owner.Closing {
    /** More would only wait for the same GPU. */
    private static final int MOST = 2;

    private final NativeEngine engine;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final Deque<Context> idle = new ArrayDeque<>();
    private int made;
    private int most = MOST;

    /** With one context ready. */
    ContextPool(NativeEngine engine) {
        this.engine = engine;
        idle.push(engine.newContext());
        made = 1;
    }

    /** Something to do with a context. */
    @FunctionalInterface
    interface Use {
        void with(Context context);
    }

    /** Waits for a context and takes it back afterwards, even after a failure. */
    void lend(Use use) {
        Context context = take();
        try {
            use.with(context);
        } finally {
            giveBack(context);
        }
    }

    private Context take() {
        lock.lock();
        try {
            while (idle.isEmpty()) {
                if (made < most) {
                    Context another = another();
                    if (another != null) {
                        return another;
                    }
                } else {
                    returned.awaitUninterruptibly();
                }
            }
            return idle.pop();
        } finally {
            lock.unlock();
        }
    }

    private Context another() {
        try {
            Context context = engine.newContext();
            made++;
            return context;
        } catch (ModelException e) { // no memory for it: the others will come back
            most = made;
            return null;
        }
    }

    private void giveBack(Context context) {
        lock.lock();
        try {
            idle.push(context);
            returned.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Only when none is lent. */
    @Override
    public void close() {
        try (Owner owner = new Owner()) {
            idle.forEach(owner::own);
            idle.clear();
        }
    }
}
