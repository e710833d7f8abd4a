package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.recipe.Initialization;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A ResNet in torchvision's form is fine-tuned for each task, converted, quantized and measured. */
class ResNetCommandsTest {
    private static final int SIDE = 64;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void draw() {
        ShapesDataset.write(shared.resolve("shapes"), new ShapesOptions(32, 8, SIDE, 1));
        Network imagenet = Architecture.of("resnet18").network(Task.CLASSIFICATION, 1000);
        Initialization weights = new Initialization(imagenet, 1);
        Map<String, SavedTensor> state = new LinkedHashMap<>();
        for (TensorSpec spec : imagenet.tensors()) {
            state.put(spec.name(), SavedTensor.floats(spec.shape(), () -> weights.read(spec.name())));
        }
        CheckpointWriter.write(shared.resolve("torchvision.pth"), state);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void goesThroughTheWholeProduct(Task task) throws Exception {
        String data = shared.resolve("shapes").toString();
        Path run = folder.resolve("run");
        List<String> lines = run(
                "train",
                data,
                "--arch=resnet18",
                "--task=" + task.id(),
                "--init-from=" + shared.resolve("torchvision.pth"),
                "--input-size=" + SIDE,
                "--epochs=1",
                "--batch=8",
                "-o",
                run.toString());
        assertThat(lines)
                .anyMatch(line -> line.contains(
                        "newly initialised: " + (task == Task.SEGMENTATION ? "aspp (" : "fc (2 tensors)")));
        assertThat(lines).anyMatch(line -> line.contains("left out of the checkpoint: fc (2 tensors)"));

        Path model = folder.resolve("model.onnx");
        Path int8 = folder.resolve("int8.onnx");
        String best = run.resolve("model_best.pth.tar").toString();
        assertThat(run("convert", best, "-o", model.toString())).anyMatch(line -> line.contains("resnet18"));
        run("verify", model.toString(), best, "--pictures=1");
        run("quantize", model.toString(), data + "/train2014", "--images=8", "-o", int8.toString());
        assertThat(Files.size(int8)).isLessThan(Files.size(model) / 3);
        for (Path file : List.of(model, int8)) {
            assertThat(run("evaluate", file.toString(), data)).anyMatch(line -> line.contains("8 images"));
        }
    }

    private List<String> run(String... arguments) {
        out.getBuffer().setLength(0);
        int exit = ElasticCommandLine.create()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        assertThat(exit).as(err.toString()).isZero();
        List<String> lines = new ArrayList<>(out.toString().lines().toList());
        lines.addAll(err.toString().lines().toList());
        return lines;
    }
}
