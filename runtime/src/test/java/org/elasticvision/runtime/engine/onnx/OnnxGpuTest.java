package org.elasticvision.runtime.engine.onnx;

import java.nio.file.Path;
import org.elasticvision.runtime.engine.Answers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.GpuRequirements;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime on a GPU answers as it does on the CPU; with {@code -Pcuda}. */
@Tag("gpu")
class OnnxGpuTest {
    private static final float[][] WEIGHTS = {{1, 2, 3}, {-4, 0.5f, 0}};
    private static final float[] BIAS = {0.25f, -0.5f};
    /** The GPU's TF32 keeps 10 bits of each factor. */
    private static final float TOLERANCE = 0.05f;

    @TempDir
    Path folder;

    @BeforeEach
    void requireGpu() {
        GpuRequirements.requireGpu();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuda", "tensorrt"})
    void aClassifier(Provider provider) {
        Path file =
                TinyNetworks.classifier(TensorShape.ANY, 8, 8, WEIGHTS, BIAS).write(folder.resolve("classifier.onnx"));
        compare(file, provider, 1, 5, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuda", "tensorrt"})
    void aSegmenterOfAFixedBatch(Provider provider) {
        Path file = TinyNetworks.segmenter(2, 6, 10, WEIGHTS, BIAS).write(folder.resolve("segmenter.onnx"));
        compare(file, provider, 2, 2);
    }

    private static void compare(Path file, Provider provider, int... batches) {
        EngineOptions options = EngineOptions.defaults().withProvider(Provider.CPU);
        try (Engine cpu = Engine.open(file, options);
                Engine gpu = Engine.open(file, options.withProvider(provider))) {
            for (int batch : batches) {
                Answers.assertSame(gpu, cpu, batch, TOLERANCE);
            }
        }
    }
}
