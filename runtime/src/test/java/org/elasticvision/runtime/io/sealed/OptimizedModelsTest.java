package org.elasticvision.runtime.io.sealed;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class OptimizedModelsTest {
    private static final float[][] WEIGHTS = {{1, 0, 0}, {0, 2, 0}};
    private static final Map<String, String> OURS = Map.of("elastic.precision", "fp32");

    @TempDir
    Path folder;

    private Path kept;

    @BeforeEach
    void onlyWhereTheProcessorIsKnown() {
        assumeTrue(CpuFeatures.current().isKnown());
        kept = folder.resolve("cache").resolve("models");
    }

    @Test
    void theAnswersAreTheSameBeforeAndAfter() throws IOException {
        Path model = model("model.onnx", 0, 10);
        for (int opening = 0; opening < 3; opening++) {
            assertThat(answers(model)).containsExactly(1, 14);
            assertThat(keptModels()).hasSize(1);
        }
    }

    @Test
    void theEntriesAndShapesAreThere() {
        Path model = model("model.onnx", 0, 10);
        answers(model);
        try (Engine engine = Engine.open(model, options())) {
            assertThat(engine.metadata()).isEqualTo(OURS);
            assertThat(engine.inputShape()).isEqualTo(TensorShape.of(TensorShape.ANY, 3, 1, 1));
            assertThat(engine.outputShape()).isEqualTo(TensorShape.of(TensorShape.ANY, 2));
        }
    }

    /** What lies in the folder is what answers: shown by putting another model's file there. */
    @Test
    void theSecondOpeningReadsTheFolder() throws IOException {
        Path model = model("model.onnx", 0, 10);
        answers(model);
        Path first = keptModels().get(0);
        answers(model("other.onnx", 5, 6));
        Path second = keptModels().stream()
                .filter(file -> !file.equals(first))
                .findFirst()
                .orElseThrow();
        Files.copy(second, first, StandardCopyOption.REPLACE_EXISTING);
        assertThat(answers(model)).containsExactly(6, 10);
    }

    @Test
    void aModelThatChangedIsAnother() throws IOException {
        Path model = model("model.onnx", 0, 10);
        assertThat(answers(model)).containsExactly(1, 14);
        model("model.onnx", 3, 20);
        assertThat(answers(model)).containsExactly(4, 24);
        assertThat(keptModels()).hasSize(2);
    }

    /** ONNX calls it external data. */
    @Test
    void weightsInAFileOfTheirOwnCountToo() throws IOException {
        Path model = external("tiny.onnx", 0, 10);
        assertThat(answers(model)).containsExactly(1, 14);
        byte[] same = Files.readAllBytes(model);
        external("tiny.onnx", 3, 20);
        assertThat(Files.readAllBytes(model)).isEqualTo(same);
        assertThat(answers(model)).containsExactly(4, 24);
        assertThat(keptModels()).hasSize(2);
    }

    @Test
    void weightsThatAreGoneAreMissedThoughTheOptimisedModelIsThere() throws IOException {
        Path model = external("tiny.onnx", 0, 10);
        answers(model);
        Files.delete(folder.resolve("parts/weights.bin"));
        assertThatThrownBy(() -> answers(model))
                .isInstanceOf(ModelException.class)
                .hasMessage(model + ": its weights are in parts/weights.bin, which does not exist beside it; copy both"
                        + " files, or save the model as one file");
    }

    private Path external(String name, float first, float second) {
        return new OnnxFile()
                .input("image", TensorShape.ANY, 3, 1, 1)
                .output("logits", TensorShape.ANY, 2)
                .weightsIn("parts/weights.bin", "weight", new float[] {1, 0, 0, 0, 2, 0}, 2, 3)
                .weightsIn("parts/weights.bin", "bias", new float[] {first, second}, 2)
                .node("Flatten", List.of("image"), "pixel", Map.of())
                .node("Gemm", List.of("pixel", "weight", "bias"), "logits", Map.of("transB", 1))
                .metadata(OURS)
                .write(folder.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flipped", "cut", "empty", "longer"})
    void aDamagedFileIsWrittenAnew(String damage) throws IOException {
        Path model = model("model.onnx", 0, 10);
        answers(model);
        Path file = keptModels().get(0);
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged =
                switch (damage) {
                    case "flipped" -> flipped(whole, whole.length / 2);
                    case "cut" -> Arrays.copyOf(whole, whole.length / 2);
                    case "empty" -> new byte[0];
                    default -> Arrays.copyOf(whole, whole.length + 100);
                };
        Files.write(file, damaged);
        assertThat(answers(model)).containsExactly(1, 14);
        assertThat(SealedFile.map(file)).isPresent();
    }

    /** As a file of another version of ONNX Runtime would be, if it could come here. */
    @Test
    void whatOnnxRuntimeRefusesIsWrittenAnew() throws IOException {
        Path model = model("model.onnx", 0, 10);
        answers(model);
        Path file = keptModels().get(0);
        Files.write(file, new byte[1000]);
        SealedFile.seal(file);
        assertThat(answers(model)).containsExactly(1, 14);
        assertThat(answers(model)).containsExactly(1, 14);
        assertThat(Arrays.copyOf(Files.readAllBytes(file), 1000)).isNotEqualTo(new byte[1000]);
    }

    @Test
    void modelsOfOthersAreNotKept() throws IOException {
        Path model = network(0, 10).write(folder.resolve("other.onnx"));
        assertThat(answers(model)).containsExactly(1, 14);
        assertThat(keptModels()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeUsedIsDoneWithout() throws IOException {
        Files.createDirectories(kept.getParent());
        Files.writeString(kept, "a file");
        assertThat(answers(model("model.onnx", 0, 10))).containsExactly(1, 14);
        assertThat(kept).hasContent("a file");
    }

    @Test
    void aDamagedModelIsRefusedAsWithoutTheFolder() throws IOException {
        Path model = Files.writeString(folder.resolve("broken.onnx"), "not a model");
        assertThatThrownBy(() -> answers(model)).isInstanceOf(ModelException.class);
        assertThat(keptModels()).isEmpty();
    }

    @Test
    void manyMayOpenItAtOnce() throws Exception {
        Path model = model("model.onnx", 0, 10);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<float[]>> tasks = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                tasks.add(() -> answers(model));
            }
            for (Future<float[]> answer : threads.invokeAll(tasks)) {
                assertThat(answer.get()).containsExactly(1, 14);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(keptModels()).hasSize(1);
        try (Stream<Path> all = Files.list(kept)) {
            assertThat(all.filter(file -> file.getFileName().toString().startsWith(".tmp")))
                    .isEmpty();
        }
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws IOException {
        Path place = Files.createDirectories(kept);
        for (int i = 0; i < 4; i++) {
            Path file = Files.write(place.resolve(i + ".ort"), new byte[100]);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(1000L * i)));
        }
        Files.write(place.resolve(".tmp-2-x.ort"), new byte[100]);
        Files.write(place.resolve("other"), new byte[1000]);

        new FolderLimit(place, ".ort", 250).enforce();
        assertThat(names(place)).containsExactlyInAnyOrder("0.ort", "1.ort", ".tmp-2-x.ort", "other");
        new FolderLimit(place, ".ort", 10).enforce();
        assertThat(names(place)).containsExactlyInAnyOrder("0.ort", ".tmp-2-x.ort", "other");
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    private List<Path> keptModels() throws IOException {
        try (Stream<Path> files = Files.list(kept)) {
            return files.filter(file -> file.toString().endsWith(".ort")).toList();
        }
    }

    private EngineOptions options() {
        return EngineOptions.defaults().withProvider(Provider.CPU).withOptimizedModels(kept);
    }

    private static OnnxFile network(float first, float second) {
        return TinyNetworks.classifier(TensorShape.ANY, 1, 1, WEIGHTS, new float[] {first, second});
    }

    private Path model(String name, float first, float second) {
        return network(first, second).metadata(OURS).write(folder.resolve(name));
    }

    /** To a pixel of (1, 2, 3). */
    private float[] answers(Path model) {
        try (Engine engine = Engine.open(model, options())) {
            FloatBuffer input = DirectBuffers.floats(3).put(0, 1).put(1, 2).put(2, 3);
            FloatBuffer output = DirectBuffers.floats(2);
            engine.run(input, output, 1);
            return new float[] {output.get(0), output.get(1)};
        }
    }
}
