package org.elasticvision.runtime.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.runtime.io.FileKind;

/** Finds by looking what a library would only say obscurely. */
final class ModelFile {
    private ModelFile() {}

    /** Refuses what is not a file with something in it. */
    static void checkIsThere(Path file) {
        if (!Files.exists(file)) {
            throw new ModelException(file + " does not exist; check the path of the model");
        }
        if (Files.isDirectory(file)) {
            Path inside = file.resolve("model.onnx"); // of a run
            throw new ModelException(file + " is a folder, not a model; "
                    + (Files.isRegularFile(inside)
                            ? "give the model in it, " + inside
                            : "give a model file (.onnx or .engine)"));
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelException(
                    file + " is a device or a pipe, not a model; give a model file (.onnx or .engine)");
        }
        if (!Files.isReadable(file)) {
            throw new ModelException(file + ": permission denied; make it readable, or copy it to where it is");
        }
        try {
            if (Files.size(file) == 0) {
                throw new ModelException(file + " is empty; convert or copy it again");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses what is known to be something else than a model. */
    static void checkKind(Path file) {
        try {
            Optional<FileKind> kind = FileKind.of(file);
            if (kind.isPresent()) {
                throw new ModelException(file + " is " + kind.get() + remedy(file, kind.get()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String remedy(Path file, FileKind kind) {
        return switch (kind) {
            case IMAGE ->
                ", not a model; the model comes first, then the images where a command takes them: give an .onnx or"
                        + " .engine file here";
            case CHECKPOINT, SAFETENSORS -> "; convert it first: " + CommandText.of("convert", file);
            case GIT_LFS_POINTER -> ", not the file itself; fetch it with 'git lfs pull'";
            case WEB_PAGE -> ", not a model; download the file itself, the address may want a login";
            case ARCHIVE -> ", not a model; unpack it first";
            case JSON -> ", not a model; give the .onnx or .engine file";
            case HDF5, TFLITE -> ", not a model of this library; give the .onnx or .engine file";
        };
    }
}
