package org.elasticvision.train.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.elasticvision.runtime.cli.Elastic;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** A process of its own that gets SIGTERM, which Java handles as it does Ctrl-C. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
class StoppedTrainingTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void sigtermSavesAndTheRunGoesOn() throws Exception {
        ShapesDataset.write(folder.resolve("shapes"), new ShapesOptions(48, 12, 48, 1));
        Path run = folder.resolve("run");
        Path log = folder.resolve("log");
        Process process = start(
                log,
                List.of(
                        "train",
                        folder.resolve("shapes").toString(),
                        "--arch=resnext_tiny_elastic",
                        "--input-size=48",
                        "--epochs=10000",
                        "--batch=8",
                        "--lr=0.01",
                        "--threads=1",
                        "-o",
                        run.toString()));
        try {
            awaitText(process, log, "epoch 2/10000");
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
        assertThat(Files.readString(log))
                .contains("stopping after this step", "stopped; go on with: elastic train --resume " + run)
                .doesNotContain("Exception", "at org.");

        int epochs;
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(run.resolve("checkpoint.pth.tar"))) {
            epochs = checkpoint.summary().epoch();
        }
        assertThat(epochs).isGreaterThanOrEqualTo(2);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Elastic.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        assertThat(command.execute("train", "--resume", run.toString(), "--epochs=" + (epochs + 1)))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("epoch " + (epochs + 1) + "/" + (epochs + 1))
                .doesNotContain("epoch " + epochs + "/");
        assertThat(run.resolve("model.onnx")).isRegularFile();
    }

    private static Process start(Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Elastic.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void awaitText(Process process, Path log, String text) throws Exception {
        while (!Files.readString(log).contains(text)) {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            Thread.sleep(50);
        }
    }
}
