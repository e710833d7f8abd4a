package org.elasticvision.runtime.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.choice.EngineChoice;
import org.elasticvision.runtime.engine.plugin.PluginOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which library a file goes to, and with which options. */
class EngineChoiceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"net.engine", "NET.ENGINE", "net.plan", "net.onnx"})
    void whatBeginsAsAnEngineGoesToTensorRt(String name) throws Exception {
        Path file = Files.write(folder.resolve(name), "ftrt...".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> Engine.open(file, EngineOptions.defaults()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(name + ".json is missing, which says how the engine beside it is to be used");
    }

    @Test
    void anEngineByNameGoesToTensorRtWhateverIsInIt() throws Exception {
        Path file = Files.writeString(folder.resolve("net.engine"), "x");
        assertThatThrownBy(() -> Engine.open(file, EngineOptions.defaults()))
                .hasMessageContaining("build the engine again with 'elastic build-engine'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"net.onnx", "net", "net.engine.onnx"})
    void otherFilesGoToTheProviderThatIsNamed(String name) {
        Path file =
                TinyNetworks.classifier(1, 4, 4, new float[2][3], new float[2]).write(folder.resolve(name));
        try (Engine engine = Engine.open(file, EngineOptions.defaults().withProvider(Provider.CPU))) {
            assertThat(engine).hasToString("ONNX Runtime engine (cpu) for " + file);
            assertThat(engine.choice()).isEmpty();
        }
    }

    @Test
    void whereNoneIsNamedItIsChosen() {
        Path file =
                TinyNetworks.classifier(1, 4, 4, new float[2][3], new float[2]).write(folder.resolve("net.onnx"));
        try (Engine engine = Engine.open(file, EngineOptions.defaults())) {
            EngineChoice choice = engine.choice().orElseThrow();
            assertThat(choice.provider()).isIn("cpu", "onednn");
            assertThat(engine.toString())
                    .startsWith(choice.engine() + " engine (")
                    .endsWith(file + ", chosen by auto: " + choice.reason());
        }
    }

    @Test
    void optionsKeepEachOther() {
        ModelOptions options = ModelOptions.defaults()
                .withProvider(Provider.CUDA)
                .withGpu(2)
                .withThreads(3)
                .withBatch(4);
        assertThat(options.engine())
                .isEqualTo(new EngineOptions(
                        3,
                        Provider.CUDA,
                        2,
                        Goal.LATENCY,
                        Optional.empty(),
                        InferencePrecision.FP32,
                        PluginOptions.none()));
        assertThat(options.batch()).isEqualTo(4);
        assertThat(new EngineOptions(5)).isEqualTo(EngineOptions.defaults().withThreads(5));
        assertThatThrownBy(() -> EngineOptions.defaults().withGpu(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gpu -1 must be between 0 (the first) and 1023");
    }
}
