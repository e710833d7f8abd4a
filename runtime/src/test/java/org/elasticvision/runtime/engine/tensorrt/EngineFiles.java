package org.elasticvision.runtime.engine.tensorrt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescriptionFile;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.io.ContentHash;

/** Engine files that only look like engines, with the descriptions that belong to them. */
public final class EngineFiles {
    private EngineFiles() {}

    /** Built by TensorRT 10.15.1 on an H100 for batches of 1 to 8. */
    public static Path write(Path file) {
        return write(file, new BatchRange(1, 4, 8), FakePlatform.HOPPER, false, false);
    }

    static Path write(Path file, BatchRange batch, Gpu gpu, boolean hardwareCompatible, boolean versionCompatible) {
        try {
            Files.write(file, "ftrt and more".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EngineDescription description = new EngineDescription(
                ContentHash.ofFile(file),
                "net.onnx",
                "cd".repeat(32),
                "10.15.1",
                gpu,
                batch,
                hardwareCompatible,
                versionCompatible,
                Map.of("elastic.task", "classification"));
        EngineDescriptionFile.write(EngineDescription.beside(file), description);
        return file;
    }
}
