package org.elasticvision.convert.precision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.runtime.explain.Explainer;
import org.elasticvision.runtime.explain.Explanation;
import org.elasticvision.runtime.explain.ScalePolicy;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** In fp16 and in int8, for CPUs and for TensorRT, a network is explained as in fp32, but for rounding. */
class ExplainedPrecisionsTest {
    @TempDir
    Path folder;

    @Test
    void policiesAndMapsAreThoseOfFp32() throws IOException {
        Path single = TinyModel.write(folder.resolve("fp32.onnx"), Task.CLASSIFICATION, 5);
        ImageSource picture = Pictures.sources(folder, 4).get(3);
        Explanation exact = explain(single, picture);
        check(exact, explain(FamilyModels.writeHalf(folder.resolve("fp16.onnx"), single), picture), 0.01);
        for (Int8Target target : Int8Target.values()) {
            check(exact, explain(int8(single, target), picture), 0.1);
        }
    }

    private Path int8(Path single, Int8Target target) throws IOException {
        Path file = folder.resolve(target + ".onnx");
        Quantization quantization = Quantization.of(single);
        Calibration calibration = quantization.calibrate(Pictures.sources(folder, 4), picture -> {});
        assertThat(quantization.write(file, calibration, QuantizationOptions.of(target)))
                .isNotNull();
        return file;
    }

    private static Explanation explain(Path file, ImageSource picture) {
        try (Explainer explainer = Explainer.open(file)) {
            assertThat(explainer.notes()).as(file.toString()).isEmpty();
            return explainer.explain(picture, 2);
        }
    }

    /** Made-up weights answer with large numbers: differences are in parts of the largest. */
    private static void check(Explanation exact, Explanation rounded, double part) {
        List<ScalePolicy.Block> blocks = rounded.policy().orElseThrow().blocks();
        for (int i = 0; i < blocks.size(); i++) {
            ScalePolicy.Block expected = exact.policy().orElseThrow().blocks().get(i);
            assertThat(blocks.get(i).name()).isEqualTo(expected.name());
            double largest = Math.max(expected.high(), expected.low());
            assertThat(blocks.get(i).high()).isEqualTo(expected.high(), within(part * largest));
            assertThat(blocks.get(i).low()).isEqualTo(expected.low(), within(part * largest));
        }
        float[] values = rounded.activations().get(0).map().values();
        float[] expected = exact.activations().get(0).map().values();
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) values[i]).as("cell %d", i).isEqualTo(expected[i], within(2 * part * largest));
        }
    }
}
