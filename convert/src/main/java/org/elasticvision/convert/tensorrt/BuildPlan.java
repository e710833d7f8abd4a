package org.elasticvision.convert.tensorrt;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that TensorRT needs to know; nothing is left for a builder to decide.
 *
 * @param model the ONNX file
 * @param input the name of its input
 * @param profile the shapes of the input, where its batch is chosen at run time
 * @param workspace the most GPU memory for intermediate results; empty for all that there is
 * @param level 0 to 5
 * @param hardwareCompatible whether it must run on other GPUs too, from Ampere on
 * @param versionCompatible whether later versions of TensorRT with the same major number must run it too
 * @param gpu the number of the GPU, from 0
 * @param timingCache measurements of earlier builds; empty where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record BuildPlan(
        Path model,
        String input,
        Optional<Profile> profile,
        Optional<MemorySize> workspace,
        int level,
        boolean hardwareCompatible,
        boolean versionCompatible,
        int gpu,
        byte[] timingCache) {

    /** Shapes {@code [N, 3, H, W]} of the input: the smallest, that to be fastest for, the largest. */
    public record Profile(List<Long> min, List<Long> opt, List<Long> max) {
        public Profile {
            min = List.copyOf(min);
            opt = List.copyOf(opt);
            max = List.copyOf(max);
        }
    }
}
