package org.elasticvision.runtime.engine.onnx;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OnnxEngineTest {
    private static final float[][] WEIGHTS = {{1, 0, 0}, {0, 2, 0}};
    private static final float[] BIAS = {0, 10};

    @TempDir
    Path folder;

    @Test
    void aBatchOfAnySizeIsAnsweredItemByItem() {
        Path file =
                TinyNetworks.classifier(TensorShape.ANY, 1, 2, WEIGHTS, BIAS).write(folder.resolve("any.onnx"));
        try (Engine engine = Engine.open(file, EngineOptions.defaults().withProvider(Provider.CPU))) {
            assertThat(engine.inputShape()).isEqualTo(TensorShape.of(TensorShape.ANY, 3, 1, 2));
            assertThat(engine.outputShape()).isEqualTo(TensorShape.of(TensorShape.ANY, 2));
            assertThat(engine.inputShape()).hasToString("[N, 3, 1, 2]");
            FloatBuffer output = DirectBuffers.floats(4);
            // two items: channels R, G, B of two pixels each
            engine.run(input(1, 3, 5, 7, 0, 0, -2, -4, 1, 1, 9, 9), output, 2);
            assertThat(floats(output)).containsExactly(2, 22, -3, 12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aFixedBatchTakesNoOther(int batch) {
        Path file = TinyNetworks.classifier(3, 1, 1, WEIGHTS, BIAS).write(folder.resolve("three.onnx"));
        try (Engine engine = Engine.open(file, new EngineOptions(1).withProvider(Provider.CPU))) {
            FloatBuffer input = DirectBuffers.floats(12);
            FloatBuffer output = DirectBuffers.floats(8);
            if (batch == 3) {
                assertThatCode(() -> engine.run(input, output, batch)).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> engine.run(input, output, batch))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("exactly 3");
            }
        }
    }

    @Test
    void metadataIsReadBack() {
        Path file = TinyNetworks.classifier(1, 1, 1, WEIGHTS, BIAS)
                .metadata(Map.of("a", "Ä\tb\nc €", "empty", ""))
                .write(folder.resolve("metadata.onnx"));
        try (Engine engine = Engine.open(file, EngineOptions.defaults().withProvider(Provider.CPU))) {
            assertThat(engine.metadata()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "Ä\tb\nc €", "empty", ""));
        }
    }

    @Test
    void buffersThatNativeCodeCannotUseAreRefused() {
        Path file = TinyNetworks.classifier(1, 1, 1, WEIGHTS, BIAS).write(folder.resolve("one.onnx"));
        try (Engine engine = Engine.open(file, EngineOptions.defaults().withProvider(Provider.CPU))) {
            FloatBuffer output = DirectBuffers.floats(2);
            assertThatThrownBy(() -> engine.run(FloatBuffer.allocate(3), output, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be direct");
            assertThatThrownBy(() -> engine.run(DirectBuffers.floats(2), output, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the input buffer holds 2 floats, 3 are needed");
            assertThatThrownBy(() -> engine.run(DirectBuffers.floats(3), DirectBuffers.floats(1), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the output buffer holds 1 floats, 2 are needed");
        }
    }

    @Test
    void aBufferIsReadFromItsStartWhateverItsPosition() {
        Path file = TinyNetworks.classifier(1, 1, 1, WEIGHTS, BIAS).write(folder.resolve("one.onnx"));
        try (Engine engine = Engine.open(file, EngineOptions.defaults().withProvider(Provider.CPU))) {
            FloatBuffer input = input(4, 5, 6, 99, 99);
            input.position(2).limit(3);
            FloatBuffer output = DirectBuffers.floats(2);
            output.position(1);
            engine.run(input, output, 1);
            assertThat(floats(output)).containsExactly(4, 20);
            assertThat(input.position()).isEqualTo(2);
        }
    }

    @Test
    void optionsSayWhatIsAllowed() {
        assertThatThrownBy(() -> new EngineOptions(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads -1 must be between 0 (as the goal asks) and 1024");
        assertThat(EngineOptions.defaults().effectiveThreads())
                .isBetween(1, Runtime.getRuntime().availableProcessors());
    }

    static FloatBuffer input(float... values) {
        return DirectBuffers.floats(values.length).put(values).clear();
    }

    static float[] floats(FloatBuffer buffer) {
        float[] values = new float[buffer.capacity()];
        buffer.duplicate().clear().get(values);
        return values;
    }
}
