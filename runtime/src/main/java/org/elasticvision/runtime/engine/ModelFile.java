package org.elasticvision.runtime.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.runtime.io.FileKind;

/** What the first bytes of a model file tell about it. */
final class ModelFile {
    /** How every serialized TensorRT engine begins. */
    private static final byte[] TENSORRT = "ftrt".getBytes(StandardCharsets.US_ASCII);

    private ModelFile() {}

    /** Finds by looking what a library would only say obscurely. */
    static void check(Path file) {
        if (!Files.exists(file)) {
            throw new ModelException(file + " does not exist; check the path of the model");
        }
        if (Files.isDirectory(file)) {
            throw new ModelException(file + " is a folder, not a model; give a model file first (.onnx or .engine)");
        }
        if (!Files.isReadable(file)) {
            throw new ModelException(file + ": permission denied");
        }
        try {
            if (Files.size(file) == 0) {
                throw new ModelException(file + " is empty; convert or copy it again");
            }
            Optional<FileKind> kind = FileKind.of(file);
            if (kind.isPresent()) {
                throw new ModelException(file + " is " + kind.get() + remedy(file, kind.get()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ModelContent.files(file); // which are all there
    }

    private static String remedy(Path file, FileKind kind) {
        return switch (kind) {
            case IMAGE -> ", not a model; the model comes first, then the images";
            case CHECKPOINT, SAFETENSORS -> "; convert it first: " + CommandText.of("convert", file);
            case GIT_LFS_POINTER -> ", not the file itself; fetch it with 'git lfs pull'";
            case WEB_PAGE -> ", not a model; download the file itself, the address may want a login";
            case ARCHIVE -> ", not a model; unpack it first";
            case JSON -> ", not a model; give the .onnx or .engine file";
            case HDF5, TFLITE -> ", not a model of this library; give the .onnx or .engine file";
        };
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
