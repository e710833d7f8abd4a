package org.elasticvision.convert.precision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.elasticvision.convert.compare.ModelComparison;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.tensorrt.support.SupportCheck;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every network in float16 and in int8 for both targets: ONNX Runtime and oneDNN run it, it is as small as it should be, and answers
 * about the same for pictures that it was not calibrated with. The weights are made up and so are the pictures; what trained
 * networks lose is measured on the networks of the demo.
 */
class ReducedPrecisionTest {
    private static final double LARGEST_HALF = 0.51;
    private static final double LARGEST_INT8 = 0.27;

    /** In dB. Of two hundred layers each adds its rounding to 11 bits, or to 8. */
    private static final double LEAST_OF_HALF = 40;

    private static final double LEAST_OF_INT8 = 20;

    private static final ModelOptions ONNX_RUNTIME = ModelOptions.defaults().withProvider(Provider.CPU);
    private static final ModelOptions ONE_DNN = ModelOptions.defaults().withProvider(Provider.ONEDNN);

    @TempDir
    Path folder;

    static List<Figures> representatives() {
        return FamilyModels.representatives();
    }

    static List<Figures> others() {
        return PublishedModels.all().stream()
                .filter(figures -> !representatives().contains(figures))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("representatives")
    void oneOfEachFamily(Figures figures) throws IOException {
        check(figures);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("others")
    void allOthers(Figures figures) throws IOException {
        check(figures);
    }

    private void check(Figures figures) throws IOException {
        Path single = FamilyModels.writeSingle(folder.resolve("fp32.onnx"), figures);
        Path half = FamilyModels.writeHalf(folder.resolve("fp16.onnx"), single);
        List<ImageSource> pictures = Pictures.sources(folder, 6);
        List<ImageSource> others = pictures.subList(4, 6);
        assertTakenByTensorRt(single);
        assertTakenByTensorRt(half);
        assertSmaller(single, half, LARGEST_HALF);

        try (Model<?> exact = Model.open(single, ONNX_RUNTIME)) {
            assertOptimizedAlike(exact);
            try (Model<?> model = Model.open(half, ONNX_RUNTIME)) {
                assertClose(exact, model, Provider.CPU, others, LEAST_OF_HALF);
                assertOptimizedAlike(model);
            }
            try (Model<?> model = Model.open(half, ONE_DNN)) {
                assertClose(exact, model, Provider.ONEDNN, others, LEAST_OF_HALF);
            }

            Quantization quantization = Quantization.of(single);
            Calibration calibration = quantization.calibrate(pictures.subList(0, 4), picture -> {});
            for (Int8Target target : Int8Target.values()) {
                Path quantized = folder.resolve("int8.onnx");
                quantization.write(quantized, calibration, QuantizationOptions.of(target));
                assertSmaller(single, quantized, LARGEST_INT8);
                try (Model<?> model = Model.open(quantized, ONNX_RUNTIME)) {
                    assertClose(exact, model, Provider.CPU, others, LEAST_OF_INT8);
                    if (target == Int8Target.TENSORRT) {
                        assertTakenByTensorRt(quantized);
                        continue;
                    }
                    assertOptimizedAlike(model);
                }
                try (Model<?> model = Model.open(quantized, ONE_DNN)) {
                    assertClose(exact, model, Provider.ONEDNN, others, LEAST_OF_INT8);
                    assertOptimizedAlike(model, ONE_DNN);
                }
                assertThat(SupportCheck.of(quantized).refusals())
                        .singleElement()
                        .satisfies(refusal -> assertThat(refusal.remedy()).contains("--target tensorrt"));
            }
        }
    }

    private static void assertTakenByTensorRt(Path model) {
        assertThat(SupportCheck.of(model).refusals()).isEmpty();
    }

    private static void assertSmaller(Path single, Path smaller, double share) throws IOException {
        assertThat((double) Files.size(smaller)).isLessThan(share * Files.size(single));
    }

    /** As ONNX Runtime's optimised form, and oneDNN's packed weights, are kept on the disk, and opened from there. */
    private void assertOptimizedAlike(Model<?> plain) throws IOException {
        assertOptimizedAlike(plain, ONNX_RUNTIME);
    }

    private void assertOptimizedAlike(Model<?> plain, ModelOptions usual) throws IOException {
        Path kept = folder.resolve("optimized");
        ModelOptions options = usual.withOptimizedModels(kept);
        Model.open(plain.file(), options).close(); // writes it
        try (Model<?> optimized = Model.open(plain.file(), options)) {
            TensorShape shape = plain.inputShape().withBatch(1);
            float[] values = new float[shape.itemElements()];
            Random random = new Random(3);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            Tensor input = new Tensor(shape, values);
            assertThat(optimized.run(input).values())
                    .as(plain.file().getFileName().toString())
                    .isEqualTo(plain.run(input).values());
        }
        try (Stream<Path> files = Files.list(kept)) {
            for (Path one : files.toList()) {
                Files.delete(one);
            }
        }
    }

    private static void assertClose(
            Model<?> expected, Model<?> actual, Provider provider, List<ImageSource> pictures, double decibels) {
        ModelComparison comparison = new ModelComparison(expected, actual);
        pictures.forEach(comparison::add);
        assertThat(comparison.agreement().signalToNoise())
                .as(actual.file().getFileName() + " in " + provider)
                .isBetween(decibels, 200.0);
    }
}
