package org.elasticvision.runtime.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The frames between the source and the lanes. Waiting here cannot be interrupted, so that no frame is lost to a stop. */
final class FrameQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private final FramePolicy policy;
    private final int capacity;
    private boolean ended;
    private boolean discarded;
    private long dropped;

    FrameQueue(FramePolicy policy, int capacity) {
        this.policy = policy;
        this.capacity = capacity;
    }

    /**
     * Adds a frame, for which it waits or drops the oldest where the queue is full.
     *
     * @return whether frames are still wanted
     */
    boolean put(Frame frame) {
        lock.lock();
        try {
            while (waiting.size() == capacity && !discarded) {
                switch (policy) {
                    case EVERY_FRAME -> changed.awaitUninterruptibly();
                    case NEWEST_FRAME -> {
                        waiting.remove();
                        dropped++;
                    }
                }
            }
            if (!discarded) {
                waiting.add(frame);
                changed.signalAll();
            }
            return !discarded;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest frames, as many as wait but not more than asked for; waits for the first one. Empty at the end. */
    List<Frame> take(int most) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !ended) {
                changed.awaitUninterruptibly();
            }
            List<Frame> taken = new ArrayList<>(most);
            while (taken.size() < most && !waiting.isEmpty()) {
                taken.add(waiting.remove());
            }
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** No more frames come; those that wait are still to be taken. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody wants frames any more, neither those that wait nor new ones. */
    void discard() {
        lock.lock();
        try {
            discarded = true;
            ended = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
