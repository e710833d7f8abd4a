package org.elasticvision.runtime.batching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Requests on their way into batches. Thread-safe. */
final class RequestQueue<A> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Request<A>> waiting = new ArrayDeque<>();
    private final int capacity;
    private final int batch;
    private boolean closed;
    private long refused;
    private long skipped;

    RequestQueue(int capacity, int batch) {
        this.capacity = capacity;
        this.batch = batch;
    }

    /**
     * Adds a request.
     *
     * @throws OverloadedException if the queue is full
     * @throws IllegalStateException after {@link #close()}
     */
    void add(Request<A> request) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException(
                        "the batcher is closed: start another, or close it after the last call");
            }
            if (waiting.size() == capacity) {
                skipDone();
            }
            if (waiting.size() == capacity) {
                refused++;
                throw new OverloadedException(
                        capacity + " images wait already; ask again in a moment, or let more wait (withWaiting)");
            }
            waiting.add(request);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a batch is full or its first request has waited long enough. False when closed and empty. */
    boolean awaitBatch() {
        lock.lock();
        try {
            while (!isReady()) {
                if (closed) {
                    return false;
                }
                await();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The batch that was waited for; empty where another runner was faster, or nobody wants the answers any more. */
    List<Request<A>> take() {
        lock.lock();
        try {
            return isReady() ? drain() : List.of();
        } finally {
            lock.unlock();
        }
    }

    private boolean isReady() {
        skipDone();
        return !waiting.isEmpty() && (closed || waiting.size() >= batch || left() <= 0);
    }

    /** Until something changes, or the first request has waited long enough. */
    @SuppressWarnings("WaitNotInLoop") // it is in its caller's
    private void await() {
        if (waiting.isEmpty()) {
            changed.awaitUninterruptibly();
            return;
        }
        try {
            changed.awaitNanos(left());
        } catch (InterruptedException e) {
            // Code chained to a future may leave this set; nothing here is stopped by it.
        }
    }

    private long left() {
        return waiting.element().deadline() - System.nanoTime();
    }

    private List<Request<A>> drain() {
        List<Request<A>> requests = new ArrayList<>(batch);
        while (requests.size() < batch && !waiting.isEmpty()) {
            requests.add(waiting.remove());
        }
        return requests;
    }

    private void skipDone() {
        int before = waiting.size();
        waiting.removeIf(Request::isDone);
        skipped += before - waiting.size();
    }

    /** Takes no more requests; those that wait need not wait for others. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up those that wait still; stages chained to their futures run on this thread. */
    void cancel() {
        List<Request<A>> left;
        lock.lock();
        try {
            left = List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
        left.forEach(request -> request.future().cancel(false));
    }

    BatcherStatistics statistics(int running, long batches, long images) {
        lock.lock();
        try {
            skipDone();
            return new BatcherStatistics(waiting.size(), running, batches, images, refused, skipped);
        } finally {
            lock.unlock();
        }
    }
}
