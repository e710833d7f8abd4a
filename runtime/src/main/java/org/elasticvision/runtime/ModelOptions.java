package org.elasticvision.runtime;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Goal;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.View;

/**
 * How a model is opened. Start from {@link #defaults()}.
 *
 * <pre>{@code
 * ModelOptions busy = ModelOptions.defaults().withGoal(Goal.THROUGHPUT); // many threads ask
 * ModelOptions gpu = ModelOptions.defaults().withProvider(Provider.CUDA).withBatch(16);
 * ModelOptions timed = busy.withStageListener(times -> System.out.println(times.inference() / 1_000_000 + " ms"));
 * Classifier model = Classifier.open(Path.of("model.onnx"), timed);
 * }</pre>
 *
 * @param engine how the network is run
 * @param batch how many images go through the network at a time where a list is asked about and the model leaves it open;
 *     more than 1 helps on a GPU, not on a CPU
 * @param orientation whether the rotation that a camera notes in its files is applied; empty as the model file says, upright
 *     where it does not
 * @param fastDecode whether JPEGs much larger than the network's input are decoded at a half, a quarter or an eighth of
 *     their size: a third of the time for a photo of 4000x3000, but not to the bit what Pillow and torchvision give. Answers
 *     keep the image's size
 * @param preprocessing changes what the model file says about its input, such as another resize; must keep the input size
 * @param stages receives how long each call took; {@link StageListener#NONE} costs nothing
 */
public record ModelOptions(
        EngineOptions engine,
        int batch,
        Optional<Orientation> orientation,
        boolean fastDecode,
        UnaryOperator<Preprocessing> preprocessing,
        StageListener stages) {
    private static final int LARGEST_BATCH = 4096;

    public ModelOptions {
        Check.between("batch", batch, 1, LARGEST_BATCH);
    }

    /**
     * For one caller on a CPU, in the engine that is the fastest there: all physical cores, one image at a time, photos as the model knows
     * them.
     *
     * @return the default options
     */
    public static ModelOptions defaults() {
        return new ModelOptions(
                EngineOptions.defaults(), 1, Optional.empty(), false, UnaryOperator.identity(), StageListener.NONE);
    }

    /**
     * As {@link EngineOptions#threads()}: 1 where many threads share the model.
     *
     * @param threads how many
     * @return these options with another number of threads
     */
    public ModelOptions withThreads(int threads) {
        return withEngine(engine.withThreads(threads));
    }

    /**
     * As {@link EngineOptions#provider()}.
     *
     * @param provider what runs the network
     * @return these options with another provider
     */
    public ModelOptions withProvider(Provider provider) {
        return withEngine(engine.withProvider(provider));
    }

    /**
     * As {@link EngineOptions#gpu()}.
     *
     * @param gpu counted from 0
     * @return these options with another GPU
     */
    public ModelOptions withGpu(int gpu) {
        return withEngine(engine.withGpu(gpu));
    }

    /**
     * As {@link EngineOptions#goal()}: the shortest answer for one caller, or the most answers for many.
     *
     * @param goal what matters
     * @return these options with another goal
     */
    public ModelOptions withGoal(Goal goal) {
        return withEngine(engine.withGoal(goal));
    }

    /**
     * For several callers at a time: each run gets its part of the threads, at least one, and they run side by side.
     *
     * @param callers how many at a time, at least 1; one gets all threads
     * @param threads of all callers together, at least 1
     * @return these options with other threads and another goal
     */
    public ModelOptions forCallers(int callers, int threads) {
        return withGoal(callers > 1 ? Goal.THROUGHPUT : Goal.LATENCY).withThreads(Math.max(1, threads / callers));
    }

    /**
     * As {@link EngineOptions#withOptimizedModels}: later openings are faster, and processes share the weights.
     *
     * @param folder where they are kept
     * @return these options with another folder
     */
    public ModelOptions withOptimizedModels(Path folder) {
        return withEngine(engine.withOptimizedModels(folder));
    }

    /**
     * As {@link EngineOptions#precision()}: faster and less exact, in {@link Provider#ONEDNN}, which {@link Provider#AUTO} takes then.
     *
     * @param precision in what numbers a float32 model is computed
     * @return these options with another precision
     */
    public ModelOptions withPrecision(InferencePrecision precision) {
        return withEngine(engine.withPrecision(precision));
    }

    /**
     * {@return these options with another {@link #engine() engine}}
     *
     * @param other in place of the present one
     */
    public ModelOptions withEngine(EngineOptions other) {
        return new ModelOptions(other, batch, orientation, fastDecode, preprocessing, stages);
    }

    /**
     * {@return these options with another {@link #batch() batch}}
     *
     * @param size in place of the present one
     */
    public ModelOptions withBatch(int size) {
        return new ModelOptions(engine, size, orientation, fastDecode, preprocessing, stages);
    }

    /**
     * Looks at photos in another way than the model file says.
     *
     * @param other whether the rotation that a camera notes in its files is applied
     * @return these options with this orientation
     */
    public ModelOptions withOrientation(Orientation other) {
        return new ModelOptions(engine, batch, Optional.of(other), fastDecode, preprocessing, stages);
    }

    /**
     * As {@link #fastDecode()}. Has no effect on what is no JPEG file, nor where the resize picks pixels (NEAREST).
     *
     * @param fast whether large JPEGs are decoded smaller
     * @return these options with another way to decode
     */
    public ModelOptions withFastDecode(boolean fast) {
        return new ModelOptions(engine, batch, orientation, fast, preprocessing, stages);
    }

    /**
     * {@return these options with another {@link #preprocessing() preprocessing}}
     *
     * @param change in place of the present one
     */
    public ModelOptions withPreprocessing(UnaryOperator<Preprocessing> change) {
        return new ModelOptions(engine, batch, orientation, fastDecode, change, stages);
    }

    /**
     * For labelled data: where neither the model file nor {@link #orientation()} says it, pictures are seen as they are
     * stored, as the published figures were measured.
     *
     * @return these options for an evaluation
     */
    public ModelOptions asPublished() {
        return withPreprocessing(own -> preprocessing.apply(own).withViewUnlessStated(View.STORED));
    }

    /**
     * Measures the stages of each call; the listener is called by the threads that ask.
     *
     * @param listener called by the threads that ask; quick
     * @return these options with another listener
     */
    public ModelOptions withStageListener(StageListener listener) {
        return new ModelOptions(engine, batch, orientation, fastDecode, preprocessing, listener);
    }
}
