package org.elasticvision.runtime.engine.onnx.failure;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Provider;

/**
 * Says in one line what is wrong with a model file and what to do. Made of what ONNX Runtime's exceptions say, without their classes, so
 * that it always loads.
 */
public final class OnnxFailures {
    /** What ONNX Runtime puts before each message. */
    private static final Pattern CODE = Pattern.compile("^Error code - (\\w+) - message: ");

    /** Where in its source code something failed, which it puts before some. */
    private static final Pattern SOURCE = Pattern.compile(
            " ?/onnxruntime_src/[\\w./]+:\\d+ .*?\\) (?=[A-Z])| ?\\b\\w+\\.(?:cc|h):\\d+ \\w+ (?=[A-Z])");

    private OnnxFailures() {}

    /**
     * {@return what went wrong when a model was opened}
     *
     * @param e ONNX Runtime's
     */
    public static ModelException opening(Path file, Provider provider, Exception e) {
        String said = oneLine(e);
        String lower = whole(e).toLowerCase(Locale.ROOT);
        if (lower.contains("fallback to cpu ep")) {
            return new ModelException(
                    file + " has operators that the provider " + provider + " does not run; use another provider, or"
                            + " convert it again with 'elastic convert' (" + said + ")",
                    e);
        }
        if (isOutOfMemory(lower)) {
            return outOfMemory(file, "opening", e);
        }
        if (lower.contains("model ir version") || lower.contains("official support for domain")) {
            return new ModelException(
                    file + " was written for a newer ONNX than this library runs; convert the checkpoint again with"
                            + " 'elastic convert', or save it for an older ONNX, such as IR version 10 and opset 21 ("
                            + said + ")",
                    e);
        }
        String what =
                switch (code(e)) {
                    case "ORT_EP_FAIL" ->
                        " is not taken by the provider " + provider + "; change its options, or use another provider";
                    case "ORT_INVALID_PROTOBUF", "ORT_NO_MODEL" ->
                        " is not an ONNX model, or is damaged or cut off; convert or copy it again";
                    case "ORT_NOT_IMPLEMENTED" ->
                        " uses an operator that ONNX Runtime does not have; convert it again with 'elastic convert'";
                    default -> " cannot be opened; it may be damaged: convert or copy it again";
                };
        return new ModelException(file + what + " (" + said + ")", e);
    }

    /** {@return what went wrong when a model was run} */
    public static ModelException running(Path file, Exception e) {
        String said = oneLine(e);
        return isOutOfMemory(said.toLowerCase(Locale.ROOT))
                ? outOfMemory(file, "running", e)
                : new ModelException(file + " failed while running: " + said, e);
    }

    private static String code(Exception e) {
        Matcher code = CODE.matcher(String.valueOf(e.getMessage()));
        return code.find() ? code.group(1) : "";
    }

    /** {@return what ONNX Runtime or the JVM said, without line breaks and not endlessly long} */
    public static String oneLine(Throwable e) {
        String line = whole(e);
        return line.length() <= 300 ? line : line.substring(0, 297) + "...";
    }

    private static String whole(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String words =
                CODE.matcher(message).replaceFirst("").replaceAll("\\s+", " ").strip();
        return SOURCE.matcher(words).replaceAll(" ");
    }

    private static boolean isOutOfMemory(String said) {
        return said.contains("bad_alloc")
                || said.contains("bad allocation")
                || said.contains("failed to allocate")
                || said.contains("out of memory"); // CUDA
    }

    private static ModelException outOfMemory(Path file, String doing, Exception e) {
        return new ModelException(
                "not enough memory for " + doing + " " + file
                        + "; use fewer threads, a smaller batch or a smaller model (" + oneLine(e) + ")",
                e);
    }
}
