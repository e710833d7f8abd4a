package org.elasticvision.train.cli;

import java.nio.file.Path;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.settings.QuantizedTraining;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code train --qat}, in a new run and after a finished one. */
class QuantizedTrainingCommandTest {
    @TempDir
    private Path folder;

    private final Commands elastic = new Commands();

    @Test
    void followsTheRunAndItsTargetCanBeChangedLater() {
        ShapesDataset.write(folder.resolve("shapes"), new ShapesOptions(16, 8, 48, 1));
        Path run = folder.resolve("run");
        elastic.succeeds(
                "train",
                folder.resolve("shapes").toString(),
                "--arch=resnext_tiny_elastic",
                "--input-size=32",
                "--epochs=1",
                "--batch=8",
                "--qat",
                "--qat-epochs=1",
                "-o",
                run.toString());
        assertThat(elastic.out())
                .contains("QAT epoch 1/1  lr 0.000100")
                .contains(run + "/model.int8.onnx: int8 for cpu, ", " layers in 8 bits, ", "same answers");
        assertThat(elastic.err()).contains("quantization-aware training for cpu with pair-safe weights, 1 epoch;");
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(run.resolve("checkpoint.pth.tar"))) {
            assertThat(RunSettings.of(checkpoint).quantized().map(QuantizedTraining::target))
                    .contains(Int8Target.CPU);
        }

        elastic.succeeds("train", "--resume", run.toString(), "--qat-target=tensorrt");
        assertThat(elastic.out()).contains(run + "/model.int8-tensorrt.onnx: int8 for tensorrt, ");
        assertThat(elastic.err()).contains("quantization-aware training for tensorrt with full weights, 1 epoch;");
        Path written = run.resolve("model.int8-tensorrt.onnx");
        assertThat(ModelInfo.fromMetadata("it", OnnxModel.read(written).metadata())
                        .precision())
                .isEqualTo("int8");

        elastic.refuses(
                2,
                "--qat runs in one process, and this run has 2 ranks",
                "train",
                "--resume",
                run.toString(),
                "--nproc=2");
    }
}
