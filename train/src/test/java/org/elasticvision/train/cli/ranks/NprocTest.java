package org.elasticvision.train.cli.ranks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code train --nproc}, as a user runs it. */
class NprocTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    @BeforeAll
    static void draw() {
        ShapesDataset.write(shared.resolve("shapes"), new ShapesOptions(32, 8, 48, 1));
    }

    private static Process start(Path log, Path data, Path run, String... more) throws IOException {
        List<String> words = TrainCommand.of(data, run, more);
        words.add("--nproc=2");
        return TrainCommand.start(log, words);
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static void killRank(Process launcher, int rank) throws InterruptedException {
        List<ProcessHandle> ranks = launcher.children().toList();
        assertThat(ranks).hasSize(2);
        ranks.get(rank).destroyForcibly();
    }

    private static void awaitCheckpoint(Process process, Path run, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (new CheckpointFolder(run).last().isEmpty()) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as(Files.readString(log))
                    .isTrue();
            Thread.sleep(20);
        }
    }

    /** What was killed and started again ends with the weights of what was left alone. */
    @Test
    void aKilledRankIsNamedAndTheRunStartedAgain() throws Exception {
        Path whole = folder.resolve("whole");
        Path log = folder.resolve("whole.log");
        Process undisturbed = start(log, shared.resolve("shapes"), whole, "--epochs=3");
        String said = TrainCommand.end(undisturbed, log);
        assertThat(undisturbed.exitValue()).as(said).isZero();
        assertThat(count(said, "epoch 3/3")).as(said).isEqualTo(1);
        assertThat(said).contains("model.onnx: the best network").doesNotContain("rank");

        Path killed = folder.resolve("killed");
        Path killedLog = folder.resolve("killed.log");
        Process process = start(
                killedLog, shared.resolve("shapes"), killed, "--epochs=3", "--save-every=1steps", "--max-restarts=1");
        awaitCheckpoint(process, killed, killedLog);
        killRank(process, 1);
        String restarted = TrainCommand.end(process, killedLog);
        assertThat(process.exitValue()).as(restarted).isZero();
        assertThat(restarted)
                .contains("elastic: rank 1 does not answer any more: it was killed")
                .contains("elastic train --resume " + killed + " --nproc 2")
                .contains("elastic: starting again from the last checkpoint, for the last time")
                .doesNotContain("\tat ");
        assertSameWeights(new CheckpointFolder(killed).lastFile(), new CheckpointFolder(whole).lastFile());
    }

    private static void assertSameWeights(Path actual, Path expected) {
        try (Checkpoint first = Checkpoint.open(actual);
                Checkpoint second = Checkpoint.open(expected)) {
            int tensors = 0;
            for (CheckpointTensor tensor : first.stateDict()) {
                tensors++;
                assertThat(tensor.toFloats())
                        .as(tensor.name())
                        .isEqualTo(second.stateDict().get(tensor.name()).toFloats());
            }
            assertThat(tensors).isGreaterThan(50);
        }
    }

    @Test
    void whatGoesWrongIsSaidOnceWithItsRank() throws Exception {
        Path data = folder.resolve("shapes");
        ShapesDataset.write(data, new ShapesOptions(32, 8, 48, 1));
        try (Stream<Path> files = Files.walk(data.resolve("train"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "no picture");
            }
        }
        Path log = folder.resolve("log");
        Process process = start(log, data, folder.resolve("run"), "--epochs=1");
        String said = TrainCommand.end(process, log);
        assertThat(process.exitValue()).as(said).isEqualTo(1);
        assertThat(count(said, "elastic: rank ")).as(said).isEqualTo(1);
        assertThat(folder.resolve("run/checkpoint.pth.tar")).doesNotExist();
    }

    @Test
    void optionsThatContradictAreRefusedBeforeAnythingStarts() throws Exception {
        Path log = folder.resolve("log");
        Process process = TrainCommand.start(log, TrainCommand.of("data", "--arch=resnext50", "--max-restarts=1"));
        assertThat(TrainCommand.end(process, log)).contains("--max-restarts is for the processes that --nproc starts");
        assertThat(process.exitValue()).isEqualTo(2);
        Process none = TrainCommand.start(log, TrainCommand.of("data", "--arch=resnext50", "--nproc=0"));
        assertThat(TrainCommand.end(none, log)).contains("--nproc 0 must be at least 1");
        assertThat(none.exitValue()).isEqualTo(2);
    }
}
