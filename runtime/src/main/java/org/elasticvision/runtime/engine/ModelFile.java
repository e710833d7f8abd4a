package org.elasticvision.runtime.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.elasticvision.runtime.ModelException;

/** What can be told of a model file by looking at it. */
final class ModelFile {
    /** How every serialized TensorRT engine begins. */
    private static final byte[] TENSORRT = "ftrt".getBytes(StandardCharsets.US_ASCII);

    private ModelFile() {}

    /** Finds by looking what a library would only say obscurely. */
    static void check(Path file) {
        if (!Files.exists(file)) {
            throw new ModelException(file + ": no such model file");
        }
        if (Files.isDirectory(file)) {
            throw new ModelException(file + " is a folder; give a model file (.onnx or .engine)");
        }
        if (!Files.isReadable(file)) {
            throw new ModelException(file + ": permission denied");
        }
        try {
            if (Files.size(file) == 0) {
                throw new ModelException(file + " is empty; convert or copy it again");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is a TensorRT engine, by its name or else by its first bytes. */
    static boolean isTensorRtEngine(Path file) {
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".engine")) {
            return true;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(TENSORRT.length), TENSORRT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
