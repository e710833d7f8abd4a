package org.elasticvision.runtime.engine;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.elasticvision.runtime.ModelException;

/** Says in one line what is wrong with a model file and what to do. */
final class OnnxFailures {
    /** What ONNX Runtime puts before each message. */
    private static final Pattern CODE = Pattern.compile("^Error code - \\w+ - message: ");

    private OnnxFailures() {}

    /** Finds by looking what ONNX Runtime would only say obscurely. */
    static void checkFile(Path file) {
        if (!Files.exists(file)) {
            throw new ModelException(file + ": no such model file");
        }
        if (Files.isDirectory(file)) {
            throw new ModelException(file + " is a folder; give a model file (.onnx)");
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

    static ModelException opening(Path file, OrtException e) {
        String said = oneLine(e);
        String lower = said.toLowerCase(Locale.ROOT);
        if (isOutOfMemory(lower)) {
            return outOfMemory(file, "opening", e);
        }
        if (lower.contains("opset") || lower.contains("ir version") || lower.contains("ir_version")) {
            return new ModelException(
                    file + " was written for a newer ONNX than this library runs; convert it again (" + said + ")", e);
        }
        String what =
                switch (e.getCode()) {
                    case ORT_INVALID_PROTOBUF, ORT_NO_MODEL ->
                        " is not an ONNX model, or is damaged or cut off; convert or copy it again";
                    case ORT_NOT_IMPLEMENTED ->
                        " uses an operator that ONNX Runtime does not have; convert it again with 'elastic convert'";
                    default -> " cannot be opened; it may be damaged: convert or copy it again";
                };
        return new ModelException(file + what + " (" + said + ")", e);
    }

    static ModelException running(Path file, OrtException e) {
        String said = oneLine(e);
        return isOutOfMemory(said.toLowerCase(Locale.ROOT))
                ? outOfMemory(file, "running", e)
                : new ModelException(file + " failed while running: " + said, e);
    }

    /** What ONNX Runtime or the JVM said, without line breaks and not endlessly long. */
    static String oneLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String line =
                CODE.matcher(message).replaceFirst("").replaceAll("\\s+", " ").strip();
        return line.length() <= 300 ? line : line.substring(0, 297) + "...";
    }

    private static boolean isOutOfMemory(String said) {
        return said.contains("bad_alloc") || said.contains("bad allocation") || said.contains("failed to allocate");
    }

    private static ModelException outOfMemory(Path file, String doing, OrtException e) {
        return new ModelException(
                "not enough memory for " + doing + " " + file
                        + "; use fewer threads, a smaller batch or a smaller model (" + oneLine(e) + ")",
                e);
    }
}
