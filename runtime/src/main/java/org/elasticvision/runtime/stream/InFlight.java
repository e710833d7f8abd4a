package org.elasticvision.runtime.stream;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * The batches between the queue of frames and the consumer, in the order in which their frames were taken. There are as many
 * places as lanes and one more, for the batch that the consumer has; a lane takes frames only when it has a place, so frames
 * do not grow old here.
 */
final class InFlight<A> {
    private final FrameQueue frames;
    private final Semaphore places;
    private final BlockingQueue<Optional<FrameBatch<A>>> batches = new LinkedBlockingQueue<>();

    InFlight(FrameQueue frames, int lanes) {
        this.frames = frames;
        this.places = new Semaphore(lanes + 1);
    }

    /** The next frames for a lane to work on; empty at the end, for each lane once. */
    Optional<FrameBatch<A>> begin(int most) {
        places.acquireUninterruptibly();
        synchronized (this) { // the order of taking is the order of the answers
            Optional<FrameBatch<A>> batch = Optional.of(frames.take(most))
                    .filter(taken -> !taken.isEmpty())
                    .map(FrameBatch::new);
            batches.add(batch);
            return batch;
        }
    }

    /** What the consumer gets next, worked on or not yet; empty where a lane has ended. */
    Optional<FrameBatch<A>> next() {
        while (true) {
            try {
                return batches.take();
            } catch (InterruptedException e) {
                // The consumer's code may leave this set; nothing here is stopped by it.
            }
        }
    }

    /** Gives back the place of what {@link #next} gave. */
    void delivered() {
        places.release();
    }
}
