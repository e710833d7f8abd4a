package org.elasticvision.train.data.loading;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.mixing.BatchMixing;

/**
 * The batches of one epoch, in order, made ahead of their use by threads of their own, which end with the epoch. To be used
 * by one thread; {@link #close()} may come from any.
 *
 * <p>Order and content depend on the data, the seed and the epoch, not on the number of threads. Of a {@link Share} every {@code of}th
 * batch comes, and stays in its place: where all of its examples are bad, it comes without any.
 */
public final class Epoch implements AutoCloseable {
    /** How many parts of a batch every thread takes: few, so that locks cost little, but the last thread not late. */
    private static final int PARTS = 4;

    private final Loader loader;
    private final LoaderOptions options;
    private final RandomStreams streams;
    private final Optional<BatchMixing> mixing;
    private final int epoch;
    private final int[] order;
    private final int part;
    private final List<Thread> threads = new ArrayList<>();

    private final Object lock = new Object();
    // all of these under the lock
    private final Deque<FloatBuffer> free;
    private final Deque<PendingBatch> pending = new ArrayDeque<>();
    private PendingBatch filling;
    private FloatBuffer lent;
    private int started;
    private int end;
    private int next;
    private boolean closed;
    private Throwable broken;
    private boolean first = true;
    private long firstWait;
    private long laterWaits;

    Epoch(Loader loader, int epoch, int firstBatch, List<FloatBuffer> buffers, Optional<BatchMixing> mixing) {
        this.loader = loader;
        this.options = loader.options();
        this.streams = new RandomStreams(options.seed());
        this.mixing = mixing;
        this.epoch = epoch;
        this.order = loader.order(epoch);
        this.part = Math.max(1, options.batchSize() / (PARTS * options.threads()));
        this.free = new ArrayDeque<>(buffers);
        this.started = firstBatch + options.share().index();
        this.next = started;
        this.end = loader.batches();
    }

    void start() {
        for (int i = 0; i < options.threads() && next < end; i++) {
            Thread thread = new Thread(this::work, "elastic-loader-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /**
     * Waits for the next batch. Its images are good until the next call of this method or of {@link #close()}: their memory
     * is used again. Its target is kept as long as anyone wants it.
     *
     * @return null after the last one
     * @throws ElasticVisionException if an example cannot be used and bad ones are not skipped (always the first one in the
     *     order of the epoch), or if this thread is interrupted
     * @throws IllegalStateException if the epoch is closed, or a defect ended the loading; the cause says which
     */
    public Batch next() {
        while (true) {
            PendingBatch ready = await();
            if (ready == null) {
                return null;
            }
            ready.bad().forEach(place -> skip(ready, place));
            Batch batch = ready.ready();
            if (batch.size() > 0 || options.share().isPart()) {
                return batch;
            }
        }
    }

    /**
     * {@return the number of the batch that comes next, which is where a run would go on: bad ones and all are counted, and those
     *     of other shares that are as far}
     */
    public int position() {
        synchronized (lock) {
            return Math.min(next - options.share().index(), loader.batches());
        }
    }

    /** {@return how long {@link #next()} waited for the first batch, which cannot be ready} */
    public Duration waitedForFirst() {
        synchronized (lock) {
            return Duration.ofNanos(firstWait);
        }
    }

    /** {@return how long {@link #next()} waited for all other batches together: nothing where the threads keep up} */
    public Duration waited() {
        synchronized (lock) {
            return Duration.ofNanos(laterWaits);
        }
    }

    private PendingBatch await() {
        synchronized (lock) {
            if (lent != null) {
                free.add(lent);
                lent = null;
                lock.notifyAll();
            }
            long since = System.nanoTime();
            try {
                while (!closed && broken == null && next < end && !isReady()) {
                    lock.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ElasticVisionException("interrupted while waiting for images", e);
            }
            if (closed) {
                throw new IllegalStateException("the epoch is closed");
            }
            if (broken != null) {
                throw new IllegalStateException("a loader thread ended", broken);
            }
            if (next >= end) {
                return null;
            }
            count(System.nanoTime() - since);
            PendingBatch ready = pending.remove();
            next += options.share().of();
            lent = ready.images;
            lock.notifyAll();
            return ready;
        }
    }

    private boolean isReady() {
        return !pending.isEmpty() && pending.element().isReady();
    }

    private void count(long nanos) {
        if (first) {
            firstWait = nanos;
            first = false;
        } else {
            laterWaits += nanos;
        }
    }

    private void skip(PendingBatch batch, int place) {
        Throwable failure = batch.failure(place);
        if (isFatal(failure)) {
            close();
            throw loader.failure(batch.index(place), failure);
        }
        loader.report(batch.index(place), failure);
    }

    private boolean isFatal(Throwable failure) {
        return !options.skipBad() || !PendingBatch.isBadExample(failure);
    }

    private void work() {
        try {
            for (PendingBatch.Part taken = take(); taken != null; taken = take()) {
                fill(taken);
            }
        } catch (Throwable e) { // who waits must hear of it, whatever it is
            synchronized (lock) {
                broken = e;
                lock.notifyAll();
            }
        }
    }

    /** The next places to fill, in the order of the epoch; null if there are no more. */
    private PendingBatch.Part take() throws InterruptedException {
        synchronized (lock) {
            while (!closed) {
                if (filling != null && !filling.isTaken() && filling.number < end) {
                    return filling.take(part);
                }
                if (started >= end) {
                    return null;
                }
                if (pending.size() < options.ahead() && !free.isEmpty()) {
                    filling = new PendingBatch(started, free.remove(), loader.data(), indices(started));
                    started += options.share().of();
                    pending.add(filling);
                    lock.notifyAll();
                } else {
                    lock.wait();
                }
            }
            return null;
        }
    }

    private int[] indices(int batch) {
        long from = (long) batch * options.batchSize();
        return Arrays.copyOfRange(order, (int) from, (int) Math.min(order.length, from + options.batchSize()));
    }

    private void fill(PendingBatch.Part taken) {
        boolean fatal = false;
        for (int place = taken.from(); place < taken.to() && !isClosed(); place++) {
            Throwable failure = taken.batch().fill(place, streams, epoch);
            fatal |= failure != null && isFatal(failure);
        }
        boolean isComplete;
        synchronized (lock) {
            isComplete = taken.batch().finish(taken) && !closed;
            if (fatal) {
                end = Math.min(end, taken.batch().number + 1); // later ones will not be asked for
            }
            lock.notifyAll();
        }
        if (isComplete) {
            complete(taken.batch());
        }
    }

    /** In the thread that has filled the last place, so that mixing costs training no time. */
    private void complete(PendingBatch batch) {
        Batch whole = batch.assemble();
        Batch mixed = mixing.filter(any -> whole.size() > 0)
                .map(how -> how.mix(whole, streams.batch(epoch, batch.number)))
                .orElse(whole);
        synchronized (lock) {
            batch.makeReady(mixed);
            lock.notifyAll();
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /**
     * Ends the epoch, wherever it is, and waits until its threads are gone: as long as an image takes that is being decoded.
     */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted =
                            true; // the threads write into buffers that will be used again: wait for them all the same
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
