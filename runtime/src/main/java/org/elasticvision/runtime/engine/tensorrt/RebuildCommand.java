package org.elasticvision.runtime.engine.tensorrt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The command line that builds an engine file anew, ready to be pasted into a shell. */
final class RebuildCommand {
    private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+=,-]+", Pattern.UNICODE_CHARACTER_CLASS);

    private RebuildCommand() {}

    static String of(Path engine, EngineDescription description) {
        Path beside = engine.resolveSibling(description.modelFile());
        String model = Files.exists(beside) ? beside.toString() : description.modelFile();
        return "elastic build-engine " + quoted(model) + " --batch " + batch(description.batch())
                + (description.hardwareCompatible() ? " --hardware-compatible" : "")
                + (description.versionCompatible() ? " --version-compatible" : "")
                + " -o " + quoted(engine.toString());
    }

    private static String batch(BatchRange batch) {
        return batch.isFixed() ? Integer.toString(batch.max()) : batch.toString();
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
