package org.elasticvision.convert.tensorrt;

import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;

/**
 * How an engine is built. Start from {@link #defaults()}.
 *
 * @param batch how many images it takes; empty for what the model fixes, else 1
 * @param workspace the most GPU memory for intermediate results; empty for all that there is
 * @param level how thoroughly TensorRT searches, 0 (fastest build) to 5 (fastest engine)
 * @param timingCache where TensorRT's measurements are kept for the next build; empty for the user's cache folder
 * @param hardwareCompatible whether it must run on other GPUs too, from Ampere on; somewhat slower
 * @param versionCompatible whether later versions of TensorRT with the same major number must run it too; somewhat slower
 * @param gpu the number of the GPU to build on and for, from 0
 */
public record BuildOptions(
        Optional<BatchRange> batch,
        Optional<MemorySize> workspace,
        int level,
        Optional<Path> timingCache,
        boolean hardwareCompatible,
        boolean versionCompatible,
        int gpu) {
    /** What TensorRT takes itself. */
    public static final int DEFAULT_LEVEL = 3;

    private static final int HIGHEST_LEVEL = 5;

    public BuildOptions {
        Check.between("level", level, 0, HIGHEST_LEVEL);
        Check.atLeast("gpu", gpu, 0);
    }

    /** {@return what the command does when nothing is asked for} */
    public static BuildOptions defaults() {
        return new BuildOptions(Optional.empty(), Optional.empty(), DEFAULT_LEVEL, Optional.empty(), false, false, 0);
    }

    /**
     * {@return these options with another {@link #batch() batch}}
     *
     * @param other in place of the present one
     */
    public BuildOptions withBatch(BatchRange other) {
        return new BuildOptions(
                Optional.of(other), workspace, level, timingCache, hardwareCompatible, versionCompatible, gpu);
    }

    /**
     * {@return these options with another {@link #timingCache() timing cache}}
     *
     * @param other in place of the present one
     */
    public BuildOptions withTimingCache(Path other) {
        return new BuildOptions(
                batch, workspace, level, Optional.of(other), hardwareCompatible, versionCompatible, gpu);
    }
}
