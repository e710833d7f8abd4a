package org.elasticvision.runtime.engine.tensorrt.natives;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.SizeTPointer;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Answers;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.GpuRequirements;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescriptionFile;
import org.elasticvision.runtime.io.ContentHash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** TensorRT engines answer as ONNX Runtime does on the CPU, from many threads, and leave no memory behind. */
@Tag("gpu")
class TensorRtGpuTest {
    private static final float[][] WEIGHTS = {{1, 2, 3}, {-4, 0.5f, 0}};
    private static final float[] BIAS = {0.25f, -0.5f};
    private static final float TOLERANCE = 0.05f; // TF32 keeps 10 bits of each factor
    private static final EngineOptions OPTIONS = EngineOptions.defaults().withProvider(Provider.CPU);

    @TempDir
    Path folder;

    @BeforeEach
    void requireTensorRt() {
        GpuRequirements.requireTensorRt();
    }

    @Test
    void aClassifierInPartsAndFilledUp() {
        Path model = classifier();
        Path file = SmallEngines.build(model, "image", TensorShape.of(-1, 3, 32, 32), new BatchRange(2, 4, 8));
        try (Engine cpu = Engine.open(model, OPTIONS);
                Engine gpu = Engine.open(file, OPTIONS)) {
            assertThat(gpu.inputShape()).isEqualTo(cpu.inputShape());
            assertThat(gpu.outputShape()).isEqualTo(cpu.outputShape());
            for (int batch : new int[] {1, 2, 3, 8, 9, 20, 1}) {
                Answers.assertSame(gpu, cpu, batch, TOLERANCE);
            }
        }
    }

    @Test
    void aSegmenterOfAFixedBatch() {
        Path model = TinyNetworks.segmenter(2, 6, 10, WEIGHTS, BIAS).write(folder.resolve("segmenter.onnx"));
        Path file = SmallEngines.build(model, "image", TensorShape.of(2, 3, 6, 10), BatchRange.of(2));
        try (Engine cpu = Engine.open(model, OPTIONS);
                Engine gpu = Engine.open(file, OPTIONS)) {
            Answers.assertSame(gpu, cpu, 2, TOLERANCE);
        }
    }

    @Test
    void manyThreads() throws Exception {
        Path model = classifier();
        Path file = SmallEngines.build(model, "image", TensorShape.of(-1, 3, 32, 32), new BatchRange(1, 4, 8));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Engine cpu = Engine.open(model, OPTIONS.withThreads(1));
                Engine gpu = Engine.open(file, OPTIONS)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int thread = 1; thread <= 8; thread++) {
                int batch = thread;
                calls.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        Answers.assertSame(gpu, cpu, batch, TOLERANCE);
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void memoryStaysFlat() {
        Path file =
                SmallEngines.build(classifier(), "image", TensorShape.of(-1, 3, 32, 32), new BatchRange(1, 64, 1024));
        openAndRun(file, 5, 10);
        long before = freeGpuMemory();
        openAndRun(file, 30, 10); // its buffers alone are 12 MB each time
        openAndRun(file, 1, 10_000);
        assertThat(before - freeGpuMemory()).isLessThan(100L << 20);
    }

    @Test
    void aDamagedEngineThatIsDescribedAsItIs() throws Exception {
        Path file = SmallEngines.build(classifier(), "image", TensorShape.of(-1, 3, 32, 32), new BatchRange(1, 4, 8));
        EngineDescription described = EngineDescriptionFile.read(EngineDescription.beside(file));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        EngineDescriptionFile.write(
                EngineDescription.beside(file),
                new EngineDescription(
                        ContentHash.ofFile(file),
                        described.modelFile(),
                        described.modelSha256(),
                        described.tensorRt(),
                        described.gpu(),
                        described.batch(),
                        false,
                        false,
                        described.metadata()));
        assertThatThrownBy(() -> Engine.open(file, OPTIONS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be loaded by TensorRT: ");
    }

    private Path classifier() {
        return TinyNetworks.classifier(TensorShape.ANY, 32, 32, WEIGHTS, BIAS).write(folder.resolve("classifier.onnx"));
    }

    private static void openAndRun(Path file, int openings, int runs) {
        for (int i = 0; i < openings; i++) {
            try (Engine engine = Engine.open(file, OPTIONS)) {
                var input = DirectBuffers.floats(engine.inputShape().itemElements());
                var output = DirectBuffers.floats(engine.outputShape().itemElements());
                for (int run = 0; run < runs; run++) {
                    engine.run(input, output, 1);
                }
            }
        }
    }

    private static long freeGpuMemory() {
        try (SizeTPointer free = new SizeTPointer(1);
                SizeTPointer total = new SizeTPointer(1)) {
            CudaCalls.check(cudart.cudaMemGetInfo(free, total), "asking for free memory");
            return free.get();
        }
    }
}
