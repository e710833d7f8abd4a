package org.elasticvision.convert.tensorrt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescriptionFile;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A build in a process of its own that is told to end, as by Ctrl-C: what it leaves is whole or nothing. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Java there cannot end a process gently")
class StoppedBuildTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    /** Where the builder waits to be stopped. */
    enum Waiting {
        WHILE_BUILDING,
        WHILE_SAVING
    }

    /** Builds with a builder that waits, and says so with a file. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) {
            Path folder = Path.of(args[0]);
            Waiting waiting = Waiting.valueOf(args[1]);
            EngineBuilder builder = new FakeBuilder() {
                @Override
                public BuiltEngine build(BuildPlan plan, Consumer<BuildStage> stages) {
                    if (waiting == Waiting.WHILE_BUILDING) {
                        await(folder, TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                    }
                    return super.build(plan, stages);
                }

                /** Asked for the description, when the engine lies in its temporary file. */
                @Override
                public String version() {
                    if (waiting == Waiting.WHILE_SAVING) {
                        await(folder, 2000);
                    }
                    return super.version();
                }
            };
            BuildOptions options = BuildOptions.defaults().withTimingCache(folder.resolve("timing.cache"));
            EngineBuild.of(folder.resolve("tiny.onnx"), options)
                    .write(folder.resolve("tiny.engine"), builder, stage -> {});
        }

        private static void await(Path folder, long millis) {
            try {
                Files.createFile(folder.resolve("waiting"));
                Thread.sleep(millis);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void whileBuildingNothingIsLeft() throws IOException, InterruptedException {
        stop(Waiting.WHILE_BUILDING);
        assertOnlyThere("tiny.onnx", "waiting", "log");
    }

    @Test
    void whileSavingBothAreFinished() throws IOException, InterruptedException {
        stop(Waiting.WHILE_SAVING);
        assertOnlyThere("tiny.onnx", "waiting", "log", "tiny.engine", "tiny.engine.json", "timing.cache");
        EngineDescription description = EngineDescriptionFile.read(folder.resolve("tiny.engine.json"));
        assertThat(description.engineSha256()).isEqualTo(ContentHash.ofFile(folder.resolve("tiny.engine")));
    }

    private void stop(Waiting waiting) throws IOException, InterruptedException {
        TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        folder.toString(),
                        waiting.name())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!Files.exists(folder.resolve("waiting")) && process.isAlive() && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertThat(folder.resolve("waiting"))
                    .as(Files.readString(folder.resolve("log")))
                    .exists();
            process.destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS / 2, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
        } finally {
            process.destroyForcibly();
        }
    }

    private void assertOnlyThere(String... names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }
}
