package org.elasticvision.convert.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.ReleasedModel;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Every network, exported both ways, answers what the published implementation answers for the same weights and input: in ONNX Runtime;
 * and exported as usual in oneDNN, there in bfloat16 too, as far as that is exact.
 */
class GoldenForwardTest {
    /** Of the largest logit. A correct float32 implementation stays within this; a wrong layer does not. */
    private static final double TOLERANCE = 1e-5;

    /** Of the logits' energy to that of the error: 8 bits of mantissa through 50 to 200 layers. */
    private static final double BF16_DECIBELS = 35;

    @TempDir
    Path folder;

    static List<Figures> published() {
        return PublishedModels.all();
    }

    @ParameterizedTest
    @MethodSource("published")
    @DisplayName("optimized")
    void optimized(Figures figures) {
        check(figures, true);
    }

    @ParameterizedTest
    @MethodSource("published")
    @DisplayName("literal")
    void literal(Figures figures) {
        check(figures, false);
    }

    private void check(Figures figures, boolean optimize) {
        ReleasedModel model = figures.model();
        int size = ReleasedModel.publishedInputSize(model.task());
        float[] image = PublishedModels.input(size);
        Graph graph = OnnxExporter.export(
                figures.name(),
                model.task(),
                model.network(),
                new SyntheticWeights(figures),
                new OnnxExporter.Options(size, size, BatchDimension.DYNAMIC, Opset.DEFAULT, optimize));
        Path file = folder.resolve("model.onnx");
        OnnxWriter.write(file, graph, Opset.DEFAULT, Map.of());
        compare(figures, size, run(file, image, EngineOptions.defaults().withProvider(Provider.CPU)));
        if (optimize) {
            checkInOneDnn(figures, size, file, image);
        }
    }

    private static void checkInOneDnn(Figures figures, int size, Path file, float[] image) {
        EngineOptions oneDnn = EngineOptions.defaults().withProvider(Provider.ONEDNN);
        float[] logits = run(file, image, oneDnn);
        compare(figures, size, logits);
        if (CpuFeatures.current().multipliesBfloat16()) {
            float[] rounded = run(file, image, oneDnn.withPrecision(InferencePrecision.BF16));
            assertThat(signalToNoise(logits, rounded)).as("dB in bfloat16").isGreaterThan(BF16_DECIBELS);
        }
    }

    private static double signalToNoise(float[] exact, float[] rounded) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < exact.length; i++) {
            signal += (double) exact[i] * exact[i];
            noise += Math.pow(exact[i] - rounded[i], 2);
        }
        return 10 * Math.log10(signal / noise);
    }

    private static void compare(Figures figures, int size, float[] logits) {
        if (figures.model().task() == Task.SEGMENTATION) {
            checkPixels(figures, size, logits);
        } else {
            double[] expected =
                    PublishedModels.golden(figures.name() + ".logits64").toDoubles();
            double tolerance = TOLERANCE * largest(expected);
            assertThat(logits).hasSameSizeAs(expected);
            for (int i = 0; i < logits.length; i++) {
                assertThat((double) logits[i]).as("logit %d", i).isEqualTo(expected[i], within(tolerance));
            }
        }
    }

    /** Logits at every 16th pixel; classes at every pixel where the two best are not nearly alike. */
    private static void checkPixels(Figures figures, int size, float[] logits) {
        double[] sampled =
                PublishedModels.golden(figures.name() + ".logits_every16").toDoubles();
        double tolerance = TOLERANCE * largest(sampled);
        int samples = (size + 15) / 16;
        for (int c = 0; c < figures.classes(); c++) {
            for (int y = 0; y < samples; y++) {
                for (int x = 0; x < samples; x++) {
                    double expected = sampled[(c * samples + y) * samples + x];
                    assertThat((double) logits[(c * size + y * 16) * size + x * 16])
                            .as("class %d at %d, %d", c, x * 16, y * 16)
                            .isEqualTo(expected, within(tolerance));
                }
            }
        }
        byte[] classes = PublishedModels.golden(figures.name() + ".argmax").toBytes();
        int pixels = size * size;
        int different = 0;
        for (int p = 0; p < pixels; p++) {
            int best = 0;
            for (int c = 1; c < figures.classes(); c++) {
                if (logits[c * pixels + p] > logits[best * pixels + p]) {
                    best = c;
                }
            }
            if (best != classes[p]) {
                float margin = logits[best * pixels + p] - logits[classes[p] * pixels + p];
                assertThat((double) margin).as("pixel %d", p).isLessThan(2 * tolerance);
                different++;
            }
        }
        assertThat(different).isLessThan(pixels / 1000);
    }

    private static float[] run(Path file, float[] image, EngineOptions options) {
        try (Engine engine = Engine.open(file, options)) {
            return run(engine, image, 1);
        }
    }

    static float[] run(Engine engine, float[] images, int batch) {
        FloatBuffer in = direct(images.length).put(images).rewind();
        FloatBuffer out = direct(batch * engine.outputShape().itemElements());
        engine.run(in, out, batch);
        float[] logits = new float[out.capacity()];
        out.get(0, logits);
        return logits;
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
