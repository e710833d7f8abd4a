package org.elasticvision.runtime.engine.tensorrt.file;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticvision.runtime.gpu.Gpu;

/**
 * What an engine file cannot say of itself; kept as a JSON file beside it ({@link #beside}).
 *
 * @param engineSha256 of the engine file, in hexadecimal
 * @param modelFile the name of the ONNX file that it was built from, without folders
 * @param modelSha256 of that file
 * @param tensorRt the version that built it, such as {@code 10.15.1}
 * @param gpu that it was built on
 * @param batch what the optimisation profile allows
 * @param hardwareCompatible whether it runs on other GPUs too, from Ampere (compute capability 8.0) on
 * @param versionCompatible whether later versions of TensorRT with the same major number run it too
 * @param metadata the ONNX file's entries, {@link org.elasticvision.runtime.model.ModelInfo#toMetadata()}
 */
public record EngineDescription(
        String engineSha256,
        String modelFile,
        String modelSha256,
        String tensorRt,
        Gpu gpu,
        BatchRange batch,
        boolean hardwareCompatible,
        boolean versionCompatible,
        Map<String, String> metadata) {

    public EngineDescription {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * {@return where the description of an engine file lies: {@code NAME.engine.json} beside {@code NAME.engine}}
     *
     * @param engine the engine file
     */
    public static Path beside(Path engine) {
        return engine.resolveSibling(engine.getFileName() + ".json");
    }

    /**
     * {@return the command line that builds an engine file anew, ready to be pasted into a shell}
     *
     * @param engine the engine file
     */
    public String rebuildCommand(Path engine) {
        return RebuildCommand.of(engine, this);
    }
}
