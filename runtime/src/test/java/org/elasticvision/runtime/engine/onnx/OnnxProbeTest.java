package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OnnxProbeTest {
    @TempDir
    Path folder;

    @Test
    void whatCannotBeObservedIsRefusedAndItsSessionClosed() throws OrtException {
        assertRefused(
                new OnnxFile()
                        .weights("w", new float[] {1, 2}, 2)
                        .output("y", 2)
                        .node("Relu", List.of("w"), "y", Map.of()),
                "has 0 inputs [], an image network has one");
        assertRefused(
                new OnnxFile().input("a", 2).input("b", 2).output("y", 2).node("Add", List.of("a", "b"), "y", Map.of()),
                "has 2 inputs [a, b], an image network has one");
    }

    private void assertRefused(OnnxFile model, String message) throws OrtException {
        Path file = model.write(folder.resolve("model.onnx"));
        EngineOptions options = EngineOptions.defaults().withProvider(Provider.CPU);
        assertThatThrownBy(() -> OnnxProbe.open(file, options))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file + " " + message);
        OrtEnvironment environment = OnnxSessions.environment();
        OrtSession session = OnnxSessions.openFile(environment, file, options, settings -> {});
        assertThatThrownBy(() -> OnnxProbe.over(file, environment, session)).isInstanceOf(ModelException.class);
        assertThatThrownBy(session::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
