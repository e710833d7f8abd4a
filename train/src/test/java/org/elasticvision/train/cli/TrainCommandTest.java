package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
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
    void writesTheOldFormAndTheWeightsAlone() throws Exception {
        Path run = folder.resolve("old");
        Path weights = folder.resolve("best.safetensors");
        assertThat(run(
                        "train",
                        data(),
                        arch(),
                        "--input-size=48",
                        "--epochs=1",
                        "--batch=16",
                        "--legacy-checkpoint",
                        "--export-safetensors=" + weights,
                        "-o",
                        run.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("best.safetensors: the weights of the best network");
        Path best = run.resolve("model_best.pth.tar");
        // A pickle of protocol 2 that begins with the magic number; a zip file begins with PK.
        assertThat(Files.readAllBytes(best)).startsWith(0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46);
        try (Checkpoint expected = Checkpoint.open(best);
                Checkpoint actual = Checkpoint.open(weights)) {
            assertThat(actual.architecture()).contains("resnext_tiny_elastic");
            assertThat(ModelEntry.of(actual)).isEqualTo(ModelEntry.of(expected)).isPresent();
            assertThat(actual.stateDict().names())
                    .containsExactlyInAnyOrderElementsOf(expected.stateDict().names());
            for (CheckpointTensor tensor : expected.stateDict()) {
                assertThat(actual.stateDict().get(tensor.name()).toDoubles()).isEqualTo(tensor.toDoubles());
            }
        }
        assertThat(run("train", "--resume", run.toString(), "--epochs=2"))
                .as(err.toString())
                .isZero();
        assertThat(Files.readAllBytes(run.resolve("checkpoint.pth.tar"))).startsWith(0x80, 0x02, 0x8a);
    }

    @Test
    void saysWhatIsWrongInOneLine() {
        check(2, "give DATA and --arch", "train");
        check(1, "no such folder", "train", folder.resolve("none").toString(), arch(), "--input-size=48");
        check(2, "--input-size", "train", data(), arch());
        check(1, "unknown device 'tpu'", "train", data(), arch(), "--input-size=48", "--device=tpu");
        check(1, "--precision fp16 trains on a GPU", "train", data(), arch(), "--input-size=48", "--precision=fp16");
        check(2, "batch 10 must be a multiple", "train", data(), arch(), "--batch=10", "--accumulate=4");
        check(1, "--batch", "train", data(), arch(), "--input-size=48", "-o", folder + "/big");
        check(2, "--entry says where in --init-from", "train", data(), arch(), "--input-size=48", "--entry=ema");
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
