package org.elasticvision.samples.serve;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.elasticvision.runtime.StageTimes;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.samples.serve.model.ServedModel;

/** A model that answers only when the test lets it. */
final class HeldModel implements ServedModel {
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore allowed = new Semaphore(0);
    private volatile boolean closed;
    private volatile RuntimeException failure;

    /** Waits until the model has been asked once more. */
    void awaitCall() {
        begun.acquireUninterruptibly();
    }

    /** Lets so many calls be answered. */
    void allow(int calls) {
        allowed.release(calls);
    }

    /** Lets calls that are answered from now on fail. */
    void failWith(RuntimeException failure) {
        this.failure = failure;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String name() {
        return "held";
    }

    @Override
    public ModelInfo info() {
        return TestModels.info(Task.CLASSIFICATION, TestModels.cropTo(4));
    }

    @Override
    public Orientation orientation() {
        return Orientation.APPLY_EXIF;
    }

    @Override
    public List<Answer> predict(List<? extends ImageSource> images) {
        begun.release();
        allowed.acquireUninterruptibly();
        if (failure != null) {
            throw failure;
        }
        Score score = new Score(TestModels.COLORS.get(0), 0, 1, 1);
        return List.of(new Answer(new Classification(List.of(score)), new StageTimes(1, 0, 0, 0, 0)));
    }

    @Override
    public TensorShape inputShape() {
        return TensorShape.of(TensorShape.ANY, 3, 4, 4);
    }

    @Override
    public TensorShape outputShape() {
        return TensorShape.of(TensorShape.ANY, 3);
    }

    @Override
    public Tensor run(Tensor input) {
        begun.release();
        allowed.acquireUninterruptibly();
        int images = input.shape().batch();
        return new Tensor(TensorShape.of(images, 3), new float[3 * images]);
    }

    @Override
    public boolean canExplain() {
        return false;
    }

    @Override
    public Explained explain(ImageSource image, OptionalInt classIndex) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        closed = true;
    }
}
