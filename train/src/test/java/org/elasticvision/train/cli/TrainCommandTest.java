package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.cli.Elastic;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class TrainCommandTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void draw() {
        ShapesDataset.write(shared.resolve("shapes"), new ShapesOptions(48, 12, 48, 1));
    }

    private int run(String... arguments) {
        CommandLine command = Elastic.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    private String data() {
        return shared.resolve("shapes").toString();
    }

    private String arch() {
        return "--arch=resnext_tiny_elastic";
    }

    @Test
    void trainsExportsAndGoesOnForMoreEpochs() throws Exception {
        Path run = folder.resolve("run");
        assertThat(run("train", data(), arch(), "--input-size=48", "--epochs=1", "--batch=16", "-o", run.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("epoch 1/1").contains("model.onnx: the best network");
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(2);
        assertThat(run("train", "--resume", run.toString(), "--epochs=2"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("epoch 2/2");
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(3);
        assertThat(run("predict", run.resolve("model.onnx").toString(), data() + "/val2014/val_000001.png"))
                .as(err.toString())
                .isZero();
        assertThat(run("train", "--resume", run.toString())).as(err.toString()).isZero();
        assertThat(err.toString()).contains("all 2 epochs were done before");
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(3);
        err.getBuffer().setLength(0);
        check(1, "its run has --batch 16, which cannot become 8", "train", "--resume", run.toString(), "--batch=8");
        check(1, "its run has --seed 1", "train", "--resume", run.toString(), "--epochs=3", "--seed=2");
        assertThat(run("train", data(), arch(), "--input-size=48", "-o", run.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--resume " + run);
    }

    @Test
    void saysWhatIsWrongInOneLine() {
        check(2, "give DATA and --arch", "train");
        check(1, "does not exist", "train", folder.resolve("none").toString(), arch(), "--input-size=48");
        check(2, "--input-size", "train", data(), arch());
        check(1, "unknown device 'tpu'", "train", data(), arch(), "--input-size=48", "--device=tpu");
        check(1, "--precision fp16 trains on a GPU", "train", data(), arch(), "--input-size=48", "--precision=fp16");
        check(
                2,
                "elastic: --batch 10 must be a multiple of 4",
                "train",
                data(),
                arch(),
                "--batch=10",
                "--accumulate=4");
        check(1, "--batch", "train", data(), arch(), "--input-size=48", "-o", folder + "/big");
        check(2, "--decay-at", "train", data(), arch(), "--epochs=5", "--decay-at=9");
        check(2, "no checkpoint", "train", "--resume", folder.resolve("nothing").toString());
        check(
                1,
                "does not exist",
                "train",
                data(),
                arch(),
                "--input-size=48",
                "--batch=16",
                "--init-from=none.pth",
                "-o",
                folder + "/other");
    }

    private void check(int exitCode, String message, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).as(err.toString()).isEqualTo(exitCode);
        assertThat(err.toString().strip()).contains(message).doesNotContain("\n");
    }
}
