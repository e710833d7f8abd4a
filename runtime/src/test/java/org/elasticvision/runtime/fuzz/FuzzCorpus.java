package org.elasticvision.runtime.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What fuzzing found worth keeping: for each target a folder of small inputs in a module's {@code src/test/resources/fuzz},
 * which {@code ci/fuzz.sh} chooses.
 */
public final class FuzzCorpus {
    private static final Path FOLDER = Path.of("src/test/resources/fuzz");

    private FuzzCorpus() {}

    /**
     * Gives a target its seeds and its corpus.
     *
     * @param target of the module whose tests run
     * @param folder for temporary files
     */
    public static void replay(FuzzTarget target, Path folder) throws IOException {
        try (FuzzRun run = new FuzzRun(target, folder)) {
            for (byte[] seed : run.seeds()) {
                run.run(seed);
            }
            for (Path input : inputs(target)) {
                try {
                    run.run(Files.readAllBytes(input));
                } catch (RuntimeException | Error e) {
                    throw new AssertionError(input + " is neither read nor refused as documented", e);
                }
            }
            run.requireNothingLeft();
        }
    }

    private static List<Path> inputs(FuzzTarget target) throws IOException {
        Path folder = FOLDER.resolve(target.name());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
