package org.elasticvision.convert.checkpoint;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** PyTorch in Python, where a machine has it: Debian's python3-torch, or any python3 of the PATH that can import it. */
public final class PythonTorch {
    private static final Optional<String> INTERPRETER = find();

    private PythonTorch() {}

    /**
     * Runs a program, which must end with exit code 0; the test is skipped where there is no PyTorch.
     *
     * @return what it printed, with "\n" at the ends of lines
     */
    public static String run(String program, Path... arguments) throws IOException {
        Assumptions.assumeTrue(
                INTERPRETER.isPresent(), "no python3 that can import torch; on Debian: apt install python3-torch");
        List<String> command = new ArrayList<>(List.of(INTERPRETER.get(), "-c", program));
        Stream.of(arguments).map(Path::toString).forEach(command::add);
        return execute(command).orElseThrow();
    }

    private static Optional<String> find() {
        Stream<String> onPath = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> folder + File.separator + "python3");
        return Stream.concat(Stream.of("/usr/bin/python3"), onPath)
                .distinct()
                .filter(python -> Files.isExecutable(Path.of(python)))
                .filter(PythonTorch::hasTorch)
                .findFirst();
    }

    private static boolean hasTorch(String python) {
        try {
            return execute(List.of(
                            python,
                            "-c",
                            "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)"))
                    .isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command printed; empty if it failed silently. */
    private static Optional<String> execute(List<String> command) throws IOException {
        Path log = Files.createTempFile("python", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("Python did not end");
            }
            String output = Files.readString(log, StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
            if (process.exitValue() != 0 && !output.isBlank()) {
                throw new AssertionError("Python failed: " + output);
            }
            return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            Files.delete(log);
        }
    }
}
