package org.elasticvision.train.torch.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A Java process of its own, for what ends one. Its output goes to a file. */
public final class ChildJava implements AutoCloseable {
    /** Exit code of a process that SIGTERM has ended. */
    public static final int TERMINATED = 128 + 15;

    /** Not a measure of speed: what has not ended by then never does. */
    private static final int BOUND_SECONDS = 90;

    private final Process process;
    private final Path log;

    private ChildJava(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Runs a main class of the tests' class path. */
    public static ChildJava start(Path log, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("OPENBLAS_NUM_THREADS", "2"); // one alone ends anyhow
        return new ChildJava(builder.start(), log);
    }

    public void awaitText(String text) throws IOException, InterruptedException {
        while (!log().contains(text)) {
            assertThat(process.isAlive()).as(log()).isTrue();
            Thread.sleep(20);
        }
    }

    public void terminate() {
        process.destroy();
    }

    public int exitCode() throws IOException, InterruptedException {
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).as(log()).isTrue();
        return process.exitValue();
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
