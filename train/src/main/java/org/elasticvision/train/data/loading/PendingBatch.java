package org.elasticvision.train.data.loading;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;

/**
 * A batch in the making. Every place is filled by one thread; {@link #take}, {@link #finish} and {@link #makeReady} are called under the lock of
 * the {@link Epoch}, which makes what one thread wrote known to the next.
 */
final class PendingBatch {
    final int number;
    final FloatBuffer images;
    private final TrainingData data;
    private final int[] indices;
    private final Target[] targets;
    private final Throwable[] failures;
    private int taken;
    private int done;
    private Batch ready;

    PendingBatch(int number, FloatBuffer images, TrainingData data, int[] indices) {
        this.number = number;
        this.images = images;
        this.data = data;
        this.indices = indices;
        this.targets = new Target[indices.length];
        this.failures = new Throwable[indices.length];
    }

    /** Some places to fill, from the first on: {@code places} where so many are left. */
    public record Part(PendingBatch batch, int from, int to) {}

    Part take(int places) {
        int from = taken;
        taken = Math.min(indices.length, from + places);
        return new Part(this, from, taken);
    }

    boolean isTaken() {
        return taken == indices.length;
    }

    /** {@return whether all places are filled now} */
    boolean finish(Part part) {
        done += part.to() - part.from();
        return done == indices.length;
    }

    /**
     * Fills a place, or notes why that failed.
     *
     * @return the failure, null if there was none
     */
    Throwable fill(int place, RandomStreams streams, int epoch) {
        int index = indices[place];
        try {
            targets[place] = data.load(index, streams.example(epoch, index), images, place * elements());
        } catch (Throwable failure) { // an error too must reach who waits for this batch
            failures[place] = failure;
        }
        return failures[place];
    }

    /** Whether the example alone is to blame, and not the program or the machine. */
    static boolean isBadExample(Throwable failure) {
        return failure instanceof ElasticVisionException && !(failure.getCause() instanceof OutOfMemoryError);
    }

    /** The batch without its bad examples, once all places are filled; of no example if nothing is left. */
    Batch assemble() {
        List<Target> left = new ArrayList<>();
        for (int place = 0; place < indices.length; place++) {
            if (failures[place] == null) {
                int to = left.size() * elements();
                if (place > left.size()) {
                    images.put(to, images, place * elements(), elements());
                }
                left.add(targets[place]);
            }
        }
        FloatBuffer filled = images.slice(0, left.size() * elements());
        return new Batch(filled, data.height(), data.width(), Targets.join(left));
    }

    /** @param batch what is trained on, of what {@link #assemble} gave */
    void makeReady(Batch batch) {
        ready = batch;
    }

    boolean isReady() {
        return ready != null;
    }

    Batch ready() {
        return ready;
    }

    /** The places of bad examples, in order. */
    IntStream bad() {
        return IntStream.range(0, indices.length).filter(place -> failures[place] != null);
    }

    Throwable failure(int place) {
        return failures[place];
    }

    int index(int place) {
        return indices[place];
    }

    private int elements() {
        return Batch.CHANNELS * data.height() * data.width();
    }
}
