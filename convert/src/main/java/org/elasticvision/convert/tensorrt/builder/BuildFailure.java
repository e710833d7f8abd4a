package org.elasticvision.convert.tensorrt.builder;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.base.ModelException;

/** Says in one line why TensorRT gave up, and what to do. */
final class BuildFailure {
    private static final int LONGEST = 300;
    private static final List<String> SHORT_OF_MEMORY =
            List.of("out of memory", "outofmemory", "insufficient memory", "insufficient workspace", "cudaerrormemory");

    private BuildFailure() {}

    /**
     * For a build that came to nothing.
     *
     * @param logged the errors that TensorRT logged, in order
     */
    static ModelException of(Path file, String what, List<String> logged) {
        String all = String.join(" ", logged).toLowerCase(Locale.ROOT);
        if (SHORT_OF_MEMORY.stream().anyMatch(all::contains)) {
            return new ModelException(
                    file + ": the GPU's memory does not suffice; build for a smaller batch, allow a larger"
                            + " --workspace, or end what else uses the GPU (TensorRT: " + reasons(logged) + ")");
        }
        if (all.contains(BuilderResource.BEGIN)) {
            return new ModelException(
                    file + ": TensorRT " + what + " (" + reasons(logged) + "); " + BuilderResource.remedy());
        }
        return new ModelException(file + ": TensorRT " + what + " (" + reasons(logged)
                + "); try another --level, and report it if that does not help");
    }

    /** The first error: what follows are its consequences. */
    static String reasons(List<String> logged) {
        return logged.isEmpty() ? "it does not say why" : oneLine(logged.get(0));
    }

    static String oneLine(String message) {
        String line = message.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }
}
