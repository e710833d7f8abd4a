package org.elasticvision.runtime.explain.graph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.Probe;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.io.TemporaryFolder;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ObservedCopyTest {
    @TempDir
    Path folder;

    /** What ONNX Runtime's optimizations would fuse away is still there, and a name whose length takes two bytes is no obstacle. */
    @Test
    void valuesInsideTheGraphBecomeOutputs() {
        String longName = "layer.".repeat(50) + "relu";
        Path file = new OnnxFile()
                .input("x", 1, 2)
                .output("y", 1, 2)
                .weights("w", new float[] {1, 0, 0, -1}, 2, 2)
                .node("MatMul", List.of("x", "w"), "product", Map.of())
                .node("Relu", List.of("product"), longName, Map.of())
                .node("Neg", List.of(longName), "y", Map.of())
                .write(folder.resolve("model.onnx"));
        assertThat(observe(file, "product", longName)).containsExactly("[-3.0, -0.0]", "[3.0, -4.0]", "[3.0, 0.0]");
        assertThat(observe(file)).containsExactly("[-3.0, -0.0]");
        assertThat(OnnxGraph.read(file).outputs()).hasSize(1); // the model itself is as it was
    }

    @Test
    void weightsInFilesOfTheirOwnComeAlong() {
        Path file = new OnnxFile()
                .input("x", 1, 2)
                .output("y", 1, 2)
                .weightsIn("parts/w.bin", "w", new float[] {2, 0, 0, 2}, 2, 2)
                .node("MatMul", List.of("x", "w"), "product", Map.of())
                .node("Neg", List.of("product"), "y", Map.of())
                .write(folder.resolve("model.onnx"));
        assertThat(observe(file, "product")).containsExactly("[-6.0, -8.0]", "[6.0, 8.0]");
    }

    @Test
    void aValueThatIsNotThereIsRefusedByTheEngine() {
        Path file = new OnnxFile()
                .input("x", 1, 2)
                .output("y", 1, 2)
                .node("Neg", List.of("x"), "y", Map.of())
                .write(folder.resolve("model.onnx"));
        assertThatThrownBy(() -> observe(file, "nowhere")).hasMessageContaining("nowhere");
    }

    private static List<String> observe(Path file, String... values) {
        EngineOptions options = EngineOptions.defaults().withProvider(Provider.CPU);
        List<String> seen = new ArrayList<>();
        try (TemporaryFolder temporary = TemporaryFolder.create("test");
                Probe probe = Probe.open(ObservedCopy.write(file, List.of(values), temporary), options)) {
            probe.run(
                    DirectBuffers.floats(2).put(0, 3).put(1, 4),
                    TensorShape.of(1, 2),
                    (index, found) -> seen.add(Arrays.toString(found)));
        }
        return seen;
    }
}
