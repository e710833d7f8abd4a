package org.elasticvision.runtime.engine.tensorrt.file;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.gpu.Gpu;

/**
 * What an engine file cannot say of itself; kept as a JSON file beside it ({@link #beside}).
 *
 * @param engineSha256 of the engine file, in hexadecimal
 * @param modelFile the name of the file that it was built from, without folders: an ONNX model, or a checkpoint
 * @param modelSha256 of the ONNX model, also where it was made on the way
 * @param tensorRt the version that built it, such as {@code 10.15.1}
 * @param gpu that it was built on
 * @param batch what the optimisation profile allows
 * @param hardwareCompatible whether it runs on other GPUs too, from Ampere (compute capability 8.0) on
 * @param versionCompatible whether later versions of TensorRT with the same major number run it too
 * @param metadata the ONNX file's entries, {@link org.elasticvision.runtime.model.ModelInfo#toMetadata()}
 * @param madeWith the options with which {@code elastic build-engine} made the ONNX model of {@code modelFile}, such as {@code --fp16};
 *     empty where there are none
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
        Map<String, String> metadata,
        List<String> madeWith) {

    public EngineDescription {
        madeWith = List.copyOf(madeWith);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Of an engine that was built from an ONNX model as that is.
     *
     * @param engineSha256 of the engine file, in hexadecimal
     * @param modelFile the name of the ONNX file, without folders
     * @param modelSha256 of that file
     * @param tensorRt the version that built it
     * @param gpu that it was built on
     * @param batch what the optimisation profile allows
     * @param hardwareCompatible whether it runs on other GPUs too
     * @param versionCompatible whether later versions of TensorRT run it too
     * @param metadata the ONNX file's entries
     */
    public EngineDescription(
            String engineSha256,
            String modelFile,
            String modelSha256,
            String tensorRt,
            Gpu gpu,
            BatchRange batch,
            boolean hardwareCompatible,
            boolean versionCompatible,
            Map<String, String> metadata) {
        this(
                engineSha256,
                modelFile,
                modelSha256,
                tensorRt,
                gpu,
                batch,
                hardwareCompatible,
                versionCompatible,
                metadata,
                List.of());
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
