package org.elasticvision.runtime.engine.onnx.plugin;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.plugin.Observation;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** In what a plug-in computes is seen, not believed. */
class PluginCheckTest {
    private static final Path FILE = Path.of("net.onnx");
    private static final EngineOptions FP32 = EngineOptions.defaults().withProvider(new Provider("acme"));
    private static final EngineOptions AUTO = FP32.withPrecision(InferencePrecision.AUTO);

    /** Answers with its input, times a factor. */
    private static final class Scaling implements Engine {
        private final float factor;
        private final Map<String, String> metadata;
        private boolean closed;

        Scaling(double factor, String precision) {
            this.factor = (float) factor;
            this.metadata = TestModels.info(Task.CLASSIFICATION, TestModels.cropTo(4))
                    .withPrecision(precision)
                    .toMetadata();
        }

        @Override
        public TensorShape inputShape() {
            return TensorShape.of(TensorShape.ANY, 3, 4, 4);
        }

        @Override
        public TensorShape outputShape() {
            return TensorShape.of(TensorShape.ANY, 48);
        }

        @Override
        public Map<String, String> metadata() {
            return metadata;
        }

        @Override
        public void run(FloatBuffer input, FloatBuffer output, int batch) {
            for (int i = 0; i < batch * 48; i++) {
                output.put(i, factor * input.get(i));
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static Engine checked(Scaling plugin, EngineOptions options) {
        Scaling exact = new Scaling(1, "fp32");
        Engine checked = PluginCheck.checked(FILE, plugin, options, "NPU, Acme", () -> exact);
        assertThat(exact.closed).isTrue();
        assertThat(plugin.closed).isFalse();
        return checked;
    }

    @Test
    void float32() {
        Engine engine = checked(new Scaling(1 + 1e-6, "fp32"), FP32);
        assertThat(engine.observation()).hasValueSatisfying(seen -> {
            assertThat(seen.precision()).isEqualTo("fp32");
            assertThat(seen.difference().orElseThrow()).isCloseTo(1e-6, within(2e-7));
            assertThat(seen.toString())
                    .startsWith("fp32 (a probe image's answer differs by ")
                    .endsWith(" from the provider cpu's), on NPU, Acme");
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.0005, 1.004})
    void fewerDigitsThanAskedAreRefused(double factor) {
        Scaling plugin = new Scaling(factor, "fp32");
        assertThatThrownBy(() -> PluginCheck.checked(FILE, plugin, FP32, "NPU", () -> new Scaling(1, "fp32")))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("net.onnx is not computed in fp32 by the provider acme (a probe image's answer"
                        + " differs by 0.")
                .hasMessageContaining("--inference-precision auto accepts it");
        assertThat(plugin.closed).isTrue();
        assertThat(checked(new Scaling(factor, "fp32"), AUTO)
                        .observation()
                        .orElseThrow()
                        .precision())
                .isEqualTo("reduced");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 3, Double.NaN})
    void wrongAnswersAreRefusedWhateverWasAsked(double factor) {
        Scaling plugin = new Scaling(factor, "fp32");
        assertThatThrownBy(() -> PluginCheck.checked(FILE, plugin, AUTO, "NPU", () -> new Scaling(1, "fp32")))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("net.onnx is answered wrongly by the provider acme");
        assertThat(plugin.closed).isTrue();
    }

    /** Nothing exact is there to compare them with. */
    @Test
    void modelsOfFewerDigits() {
        Engine engine = PluginCheck.checked(FILE, new Scaling(1.1, "int8"), FP32, "NPU", () -> {
            throw new AssertionError("no reference is needed");
        });
        assertThat(engine.observation()).contains(new Observation("NPU", OptionalDouble.empty()));
        assertThat(engine.observation().orElseThrow()).hasToString("as the file says, on NPU");
    }
}
