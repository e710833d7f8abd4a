package org.elasticvision.train.data.loading;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;

/**
 * A batch in the making. Every place is filled by one thread; {@link #take} and {@link #finish} are called under the lock of
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

    void finish(Part part) {
        done += part.to() - part.from();
    }

    boolean isComplete() {
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

    /**
     * The batch without its bad examples.
     *
     * @param skipped gets the places of the bad ones, in order
     * @return empty if nothing is left
     */
    Batch assemble(IntConsumer skipped) {
        List<Target> left = new ArrayList<>();
        for (int place = 0; place < indices.length; place++) {
            if (failures[place] == null) {
                int to = left.size() * elements();
                if (place > left.size()) {
                    images.put(to, images, place * elements(), elements());
                }
                left.add(targets[place]);
            } else {
                skipped.accept(place);
            }
        }
        FloatBuffer filled = images.slice(0, left.size() * elements());
        return new Batch(filled, data.height(), data.width(), Targets.join(left));
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
