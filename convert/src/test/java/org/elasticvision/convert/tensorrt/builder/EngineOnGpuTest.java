package org.elasticvision.convert.tensorrt.builder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.compare.ModelComparison;
import org.elasticvision.convert.precision.FamilyModels;
import org.elasticvision.convert.precision.Pictures;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.convert.tensorrt.BuildOptions;
import org.elasticvision.convert.tensorrt.EngineBuild;
import org.elasticvision.convert.tensorrt.MemorySize;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Engines answer as ONNX Runtime does on the CPU, from the same file. */
@Tag("gpu")
class EngineOnGpuTest {
    /**
     * In dB. TensorRT computes float32 convolutions in TF32, which has float16's 11 bits of significand; each of two hundred
     * layers adds its rounding.
     */
    private static final double LEAST_OF_SINGLE = 40;

    /** In dB. ONNX Runtime computes float16 in float32 on a CPU and rounds results only, TensorRT sums up in either. */
    private static final double LEAST_OF_HALF = 35;

    /** In dB. A value near the middle between two steps is rounded to either, and so it goes on. */
    private static final double LEAST_OF_INT8 = 17;

    /** In dB: more would mean that the two are one. */
    private static final double MOST = 200;

    @TempDir
    Path folder;

    @BeforeEach
    void checkGpu() {
        GpuNeeded.check();
    }

    static List<Figures> representatives() {
        return FamilyModels.representatives();
    }

    @ParameterizedTest
    @MethodSource("representatives")
    void single(Figures figures) throws IOException {
        assertClose(FamilyModels.writeSingle(folder.resolve("fp32.onnx"), figures), LEAST_OF_SINGLE);
    }

    @ParameterizedTest
    @MethodSource("representatives")
    void half(Figures figures) throws IOException {
        Path single = FamilyModels.writeSingle(folder.resolve("fp32.onnx"), figures);
        assertClose(FamilyModels.writeHalf(folder.resolve("fp16.onnx"), single), LEAST_OF_HALF);
    }

    @ParameterizedTest
    @MethodSource("representatives")
    void int8(Figures figures) throws IOException {
        Path single = FamilyModels.writeSingle(folder.resolve("fp32.onnx"), figures);
        assertClose(FamilyModels.writeInt8ForTensorRt(folder.resolve("int8.onnx"), single, folder), LEAST_OF_INT8);
    }

    private void assertClose(Path model, double decibels) throws IOException {
        Path engine = build(model, BuildOptions.defaults());
        assertClose(model, engine, decibels);
    }

    private void assertClose(Path model, Path engine, double decibels) throws IOException {
        List<ImageSource> unseen = Pictures.sources(folder, 6).subList(4, 6);
        try (Model<?> expected = Model.open(model);
                Model<?> actual = Model.open(engine)) {
            ModelComparison comparison = new ModelComparison(expected, actual);
            unseen.forEach(comparison::add);
            assertThat(comparison.agreement().signalToNoise())
                    .as(model.getFileName().toString())
                    .isBetween(decibels, MOST);
        }
    }

    /** The user's own cache stays as it is. */
    private Path build(Path model, BuildOptions options) {
        Path engine = folder.resolve("test.engine");
        EngineBuild.of(model, options.withTimingCache(folder.resolve("timing.cache")))
                .write(engine, TensorRtBuilder.find(), stage -> {});
        return engine;
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void everyBatchOfTheProfileRuns(Task task) {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), task, 4);
        Path engine = build(model, BuildOptions.defaults().withBatch(new BatchRange(1, 4, 8)));
        try (Model<?> expected = Model.open(model);
                Model<?> actual = Model.open(engine, ModelOptions.defaults().withBatch(8))) {
            for (int batch = 1; batch <= 8; batch++) {
                Tensor input = input(expected.inputShape().withBatch(batch));
                float[] answer = actual.run(input).values();
                float[] wanted = expected.run(input).values();
                assertThat(answer).hasSameSizeAs(wanted);
                float largest = 0;
                float error = 0;
                for (int i = 0; i < wanted.length; i++) {
                    largest = Math.max(largest, Math.abs(wanted[i]));
                    error = Math.max(error, Math.abs(wanted[i] - answer[i]));
                }
                assertThat(error).as("batch " + batch).isLessThan(0.02f * largest);
            }
        }
    }

    private static Tensor input(TensorShape shape) {
        float[] values = new float[shape.batch() * shape.itemElements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(0.37 * i) * 2;
        }
        return new Tensor(shape, values);
    }

    @Test
    void compatibleEnginesRunHereToo() throws IOException {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
        BuildOptions compatible = new BuildOptions(
                Optional.empty(),
                Optional.of(MemorySize.parse("1G")),
                BuildOptions.DEFAULT_LEVEL,
                Optional.empty(),
                true,
                true,
                0);
        assertClose(model, build(model, compatible), LEAST_OF_SINGLE);
    }

    @Test
    void measurementsServeTheNextBuildAndDamagedOnesAreReplaced() throws IOException {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
        build(model, BuildOptions.defaults());
        assertThat(Files.size(folder.resolve("timing.cache"))).isPositive();
        EngineBuild again =
                EngineBuild.of(model, BuildOptions.defaults().withTimingCache(folder.resolve("timing.cache")));
        assertThat(again.write(folder.resolve("again.engine"), TensorRtBuilder.find(), stage -> {})
                        .notes())
                .isEmpty();
        Files.writeString(folder.resolve("timing.cache"), "damaged");
        assertThat(again.write(folder.resolve("again.engine"), TensorRtBuilder.find(), stage -> {})
                        .notes())
                .singleElement()
                .asString()
                .contains("it is replaced");
    }
}
