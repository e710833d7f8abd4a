package org.elasticvision.train.data.loading;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.TrainingData;
import org.elasticvision.train.data.mixing.BatchMixing;

/**
 * Makes batches of a data set, epoch by epoch, decoded ahead of their use. To be used by one thread.
 *
 * <pre>{@code
 * try (Loader loader = new Loader(data, options, System.err::println);
 *         Epoch epoch = loader.epoch(0)) {
 *     for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
 *         trainer.accumulate(batch);
 *         trainer.update(learningRates);
 *     }
 * }
 * }</pre>
 *
 * <p>The images' memory, {@code ahead + 1} buffers outside of Java's heap, is taken once and used in all epochs.
 */
public final class Loader implements AutoCloseable {
    private final TrainingData data;
    private final LoaderOptions options;
    private final Consumer<String> reports;
    private final Set<Integer> bad = new HashSet<>();
    private final List<FloatBuffer> buffers = new ArrayList<>();
    private String firstFailure;
    private Epoch current;
    private boolean closed;

    /**
     * Prepares to load; nothing is read yet.
     *
     * @param data the examples
     * @param options how it is done
     * @param reports gets one line for each image that is skipped, in the thread that asks for batches, once per image
     * @throws ElasticVisionException if there are too few examples for one batch, or a batch is too large for memory
     */
    public Loader(TrainingData data, LoaderOptions options, Consumer<String> reports) {
        this.data = data;
        this.options = options;
        this.reports = reports;
        if (batches() == 0) {
            throw new ElasticVisionException("the data set has " + data.size() + " images, too few for a batch of "
                    + options.batchSize() + "; use a smaller --batch");
        }
    }

    /** {@return batches in an epoch} */
    public int batches() {
        return options.batches(data.size());
    }

    /**
     * Begins an epoch; see {@link #epoch(int, int)}.
     *
     * @param epoch counted from 0
     * @return the epoch
     */
    public Epoch epoch(int epoch) {
        return epoch(epoch, 0);
    }

    /**
     * Begins an epoch, in the middle if wanted: the batches that are passed over are not read. An epoch that is still open is
     * closed.
     *
     * @param epoch from 0; says which order and which augmentation
     * @param firstBatch the first one that is wanted, in {@code 0..batches()}
     * @return the epoch
     * @throws ElasticVisionException if there is not enough memory for the batches
     */
    public Epoch epoch(int epoch, int firstBatch) {
        return epoch(epoch, firstBatch, options.mixing());
    }

    /**
     * Begins an epoch whose images are not mixed with each other, whatever the options say, and varied as in {@link #epoch(int)}.
     *
     * @param epoch counted from 0
     * @return the epoch
     */
    public Epoch unmixedEpoch(int epoch) {
        return epoch(epoch, 0, Optional.empty());
    }

    private Epoch epoch(int epoch, int firstBatch, Optional<BatchMixing> mixing) {
        if (closed) {
            throw new IllegalStateException("the loader is closed");
        }
        if (epoch < 0 || firstBatch < 0 || firstBatch > batches()) {
            throw new IllegalArgumentException(
                    "epoch " + epoch + ", batch " + firstBatch + " of " + batches() + " does not exist");
        }
        closeCurrent();
        int wanted = Math.min(options.ahead() + 1, batches());
        while (buffers.size() < wanted) {
            buffers.add(buffer());
        }
        current = new Epoch(this, epoch, firstBatch, buffers, mixing);
        current.start();
        return current;
    }

    /** {@return how many different images were skipped so far} */
    public int skipped() {
        return bad.size();
    }

    /** {@return whether those that were skipped leave images of one {@linkplain TrainingData#kind kind} alone, of several} */
    public boolean leavesOneKind() {
        return skipped() > 0 && kinds(i -> true) > 1 && kinds(i -> !bad.contains(i)) == 1;
    }

    private long kinds(IntPredicate which) {
        return IntStream.range(0, data.size())
                .filter(which)
                .map(data::kind)
                .distinct()
                .count();
    }

    /** {@return why the first image that was skipped could not be used; empty if none was} */
    public Optional<String> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    /** {@return the examples} */
    public TrainingData data() {
        return data;
    }

    LoaderOptions options() {
        return options;
    }

    int[] order(int epoch) {
        return options.shuffle()
                ? new RandomStreams(options.seed()).order(epoch, data.size())
                : IntStream.range(0, data.size()).toArray();
    }

    void report(int index, Throwable failure) {
        if (bad.add(index)) {
            firstFailure = bad.size() == 1 ? failure.getMessage() : firstFailure;
            reports.accept("skipped: " + failure.getMessage());
        }
    }

    RuntimeException failure(int index, Throwable failure) {
        if (PendingBatch.isBadExample(failure)) {
            return new DatasetException(failure.getMessage() + " (or leave such images out with --skip-bad)", failure);
        }
        if (failure instanceof ElasticVisionException known) {
            return new ElasticVisionException(known.getMessage(), known);
        }
        return new IllegalStateException("loading " + data.name(index) + " failed: " + failure, failure);
    }

    private FloatBuffer buffer() {
        long values = (long) Math.min(options.batchSize(), data.size()) * Batch.CHANNELS * data.height() * data.width();
        String what = "a batch of " + options.batchSize() + " images of " + data.height() + "x" + data.width();
        if (values > Integer.MAX_VALUE / Float.BYTES) {
            throw new ElasticVisionException(what + " takes more than 2 GiB; use a smaller --batch");
        }
        try {
            return ByteBuffer.allocateDirect((int) values * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        } catch (OutOfMemoryError e) {
            throw new ElasticVisionException(
                    "not enough memory for " + (options.ahead() + 1) + " batches: " + what + " takes "
                            + (values * Float.BYTES) / (1 << 20)
                            + " MiB; use a smaller --batch, or give Java more with -XX:MaxDirectMemorySize",
                    e);
        }
    }

    private void closeCurrent() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    /**
     * Refuses figures of no image: an error of nothing is 0 % and means nothing.
     *
     * @param images that were used
     * @param kind such as {@code validation}
     * @throws ElasticVisionException if there were none
     */
    public void requireSome(long images, String kind) {
        if (images > 0) {
            return;
        }
        int usable = data.size() - skipped();
        if (usable > 0 && skipped() > 0) {
            throw new ElasticVisionException("only " + usable + " of the " + data.size() + " " + kind + " images"
                    + " can be used, too few for a batch, which takes two or more; mend the others, or use a"
                    + " larger --batch");
        }
        String all = "none of the " + data.size() + " " + kind + " images";
        throw new ElasticVisionException(firstFailure()
                .map(failure -> all + " can be used, the first because " + failure)
                .orElse(all + " has a pixel that is not void"));
    }

    /** Ends the current epoch and lets go of the memory. */
    @Override
    public void close() {
        closed = true;
        closeCurrent();
        buffers.clear();
    }
}
