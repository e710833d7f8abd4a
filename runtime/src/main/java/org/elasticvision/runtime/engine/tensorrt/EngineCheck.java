package org.elasticvision.runtime.engine.tensorrt;

import java.nio.file.Path;
import java.util.Arrays;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescriptionFile;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.TensorRt;
import org.elasticvision.runtime.io.ContentHash;

/**
 * Whether an engine file can be run here, found out without touching TensorRT: what lies beside it, its contents, the GPU,
 * the library, and then whether the file was made for them.
 *
 * @param file the engine
 * @param description of it
 */
record EngineCheck(Path file, EngineDescription description) {
    /** Reads what lies beside an engine and makes sure that it is of this very file. */
    static EngineCheck of(Path file) {
        EngineDescription description = EngineDescriptionFile.read(EngineDescription.beside(file));
        EngineCheck check = new EngineCheck(file, description);
        if (!ContentHash.ofFile(file).equalsIgnoreCase(description.engineSha256())) {
            throw check.refused("is not the engine that " + EngineDescription.beside(file)
                    + " describes (it is damaged, or only one of the two was copied); copy both again");
        }
        return check;
    }

    /** That there are a GPU and TensorRT, and that the engine was built for them. */
    void platform(Platform platform, int gpu) {
        Cuda.Status cuda = platform.cuda();
        cuda.problem(gpu).ifPresent(problem -> {
            throw new ModelException(file + " runs on an NVIDIA GPU only: " + problem
                    + (cuda.gpus().isEmpty() ? " (its ONNX model runs on the CPU too)" : ""));
        });
        TensorRt.Status tensorRt = platform.tensorRt();
        tensorRt.problem().ifPresent(problem -> {
            throw new ModelException(file + " needs TensorRT " + description.tensorRt() + ": " + problem);
        });
        version(tensorRt.version().orElseThrow());
        computeCapability(cuda.gpus().get(gpu));
    }

    private void version(String present) {
        String built = description.tensorRt();
        boolean fits = description.versionCompatible() ? isSameMajorAndNotOlder(present, built) : present.equals(built);
        if (!fits) {
            throw refused("was built for TensorRT " + built
                    + (description.versionCompatible() ? " or a later one of the same major number" : "")
                    + ", here is " + present);
        }
    }

    private static boolean isSameMajorAndNotOlder(String present, String built) {
        int[] here = numbers(present);
        int[] there = numbers(built);
        return here.length > 0 && there.length > 0 && here[0] == there[0] && Arrays.compare(here, there) >= 0;
    }

    /** Such as {10, 15, 1}; empty where it is not a version. */
    private static int[] numbers(String version) {
        try {
            return Arrays.stream(version.split("\\.", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            return new int[0];
        }
    }

    private void computeCapability(Gpu here) {
        Gpu built = description.gpu();
        boolean same = here.major() == built.major() && here.minor() == built.minor();
        if (!same && !(description.hardwareCompatible() && isAmpereOrLater(here) && isAmpereOrLater(built))) {
            throw refused("was built for a GPU of compute capability "
                    + (description.hardwareCompatible() ? "8.0 or later" : built.computeCapability())
                    + " (" + built.name() + "), here is one of " + here.computeCapability() + " (" + here.name() + ")");
        }
    }

    private static boolean isAmpereOrLater(Gpu gpu) {
        return gpu.major() >= 8;
    }

    /** With the command that makes a file that is not. */
    ModelException refused(String why) {
        return new ModelException(file + " " + why + "; build it again: " + description.rebuildCommand(file));
    }
}
