package org.elasticvision.runtime.engine.tensorrt.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.io.CommandText;

/** The command line that builds an engine file anew, ready to be pasted into a shell. */
final class RebuildCommand {
    private RebuildCommand() {}

    static String of(Path engine, EngineDescription description) {
        Path beside = engine.resolveSibling(description.modelFile());
        String model = Files.exists(beside) ? beside.toString() : description.modelFile();
        List<Object> words = new ArrayList<>(List.of("build-engine", model, "--batch", batch(description.batch())));
        words.addAll(description.madeWith());
        if (description.hardwareCompatible()) {
            words.add("--hardware-compatible");
        }
        if (description.versionCompatible()) {
            words.add("--version-compatible");
        }
        words.addAll(List.of("-o", engine));
        return CommandText.of(words.toArray());
    }

    private static String batch(BatchRange batch) {
        return batch.isFixed() ? Integer.toString(batch.max()) : batch.toString();
    }
}
