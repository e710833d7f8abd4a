package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.elasticvision.runtime.cli.Elastic;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.elasticvision.train.torch.device.ChildJava;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** A process of its own that gets SIGTERM, which Java handles as it does Ctrl-C. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
class StoppedTrainingTest {
    @TempDir
    private Path folder;

    @Test
    void sigtermSavesAndTheRunGoesOn() throws Exception {
        ShapesDataset.write(folder.resolve("shapes"), new ShapesOptions(48, 12, 48, 1));
        Path run = folder.resolve("run");
        try (ChildJava process = ChildJava.start(
                folder.resolve("log"),
                Elastic.class,
                "train",
                folder.resolve("shapes").toString(),
                "--arch=resnext_tiny_elastic",
                "--input-size=48",
                "--epochs=10000",
                "--batch=8",
                "--lr=0.01",
                "--threads=1",
                "-o",
                run.toString())) {
            process.awaitText("epoch 2/10000");
            StringWriter refused = new StringWriter();
            CommandLine second = ElasticCommandLine.create()
                    .setOut(new PrintWriter(new StringWriter()))
                    .setErr(new PrintWriter(refused));
            assertThat(second.execute("train", "--resume", run.toString())).isEqualTo(1);
            assertThat(refused.toString().lines())
                    .containsExactly("elastic: " + run
                            + ": another run trains in this folder; wait until it has ended, or give another folder");
            process.terminate();
            assertThat(process.exitCode()).isEqualTo(ChildJava.TERMINATED);
            assertThat(process.log())
                    .contains("stopping after this step", "stopped; resume with: elastic train --resume " + run)
                    .doesNotContain("Exception", "at org.");
        }

        int epochs;
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(run.resolve("checkpoint.pth.tar"))) {
            epochs = checkpoint.summary().epoch();
        }
        assertThat(epochs).isGreaterThanOrEqualTo(2);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                ElasticCommandLine.create().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        assertThat(command.execute("train", "--resume", run.toString(), "--epochs=" + (epochs + 1)))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("epoch " + (epochs + 1) + "/" + (epochs + 1))
                .doesNotContain("epoch " + epochs + "/");
        assertThat(run.resolve("model.onnx")).isRegularFile();
    }
}
