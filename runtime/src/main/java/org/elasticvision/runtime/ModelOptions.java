package org.elasticvision.runtime;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Goal;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.Preprocessing;

/**
 * How a model is opened. Start from {@link #defaults()}.
 *
 * @param engine how the network is run
 * @param batch how many images go through the network at a time where a list is asked about and the model leaves it open;
 *     more than 1 helps on a GPU, not on a CPU
 * @param orientation whether the rotation that a camera notes in its files is applied
 * @param fastDecode whether JPEGs much larger than the network's input are decoded at a half, a quarter or an eighth of
 *     their size: several times faster, but not to the bit what Pillow and torchvision give. Answers keep the image's size
 * @param preprocessing changes what the model file says about its input, such as another resize; must keep the input size
 * @param stages hears how long each call took; {@link StageListener#NONE} costs nothing
 */
public record ModelOptions(
        EngineOptions engine,
        int batch,
        Orientation orientation,
        boolean fastDecode,
        UnaryOperator<Preprocessing> preprocessing,
        StageListener stages) {
    private static final int LARGEST_BATCH = 4096;

    public ModelOptions {
        if (batch < 1 || batch > LARGEST_BATCH) {
            throw new IllegalArgumentException("batch " + batch + " must be between 1 and " + LARGEST_BATCH);
        }
    }

    /** For one caller on a CPU: all physical cores, one image at a time, upright as the camera says. */
    public static ModelOptions defaults() {
        return new ModelOptions(
                EngineOptions.defaults(),
                1,
                Orientation.APPLY_EXIF,
                false,
                UnaryOperator.identity(),
                StageListener.NONE);
    }

    /** As {@link EngineOptions#threads()}: 1 where many threads share the model. */
    public ModelOptions withThreads(int threads) {
        return withEngine(engine.withThreads(threads));
    }

    /** As {@link EngineOptions#provider()}. */
    public ModelOptions withProvider(Provider provider) {
        return withEngine(engine.withProvider(provider));
    }

    /** As {@link EngineOptions#gpu()}. */
    public ModelOptions withGpu(int gpu) {
        return withEngine(engine.withGpu(gpu));
    }

    /** As {@link EngineOptions#goal()}: the shortest answer for one caller, or the most answers for many. */
    public ModelOptions withGoal(Goal goal) {
        return withEngine(engine.withGoal(goal));
    }

    /** As {@link EngineOptions#withOptimizedModels}: later openings are faster, and processes share the weights. */
    public ModelOptions withOptimizedModels(Path folder) {
        return withEngine(engine.withOptimizedModels(folder));
    }

    public ModelOptions withEngine(EngineOptions other) {
        return new ModelOptions(other, batch, orientation, fastDecode, preprocessing, stages);
    }

    public ModelOptions withBatch(int size) {
        return new ModelOptions(engine, size, orientation, fastDecode, preprocessing, stages);
    }

    public ModelOptions withOrientation(Orientation other) {
        return new ModelOptions(engine, batch, other, fastDecode, preprocessing, stages);
    }

    /** As {@link #fastDecode()}. Has no effect on what is no JPEG file, nor where the resize picks pixels (NEAREST). */
    public ModelOptions withFastDecode(boolean fast) {
        return new ModelOptions(engine, batch, orientation, fast, preprocessing, stages);
    }

    public ModelOptions withPreprocessing(UnaryOperator<Preprocessing> change) {
        return new ModelOptions(engine, batch, orientation, fastDecode, change, stages);
    }

    /** Measures the stages of each call; the listener is called by the threads that ask. */
    public ModelOptions withStageListener(StageListener listener) {
        return new ModelOptions(engine, batch, orientation, fastDecode, preprocessing, listener);
    }
}
