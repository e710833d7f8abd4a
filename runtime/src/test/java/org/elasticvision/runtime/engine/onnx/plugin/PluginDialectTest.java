package org.elasticvision.runtime.engine.onnx.plugin;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.plugin.PluginOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The device that was asked for, and the words in which plug-ins are told the rest. */
class PluginDialectTest {
    private static final String OPENVINO = "OpenVINOExecutionProvider";
    private static final PluginDevice CPU =
            new PluginDevice(OPENVINO, "CPU", "Intel", Map.of("ov_device", "CPU", "FULL_DEVICE_NAME", "Xeon"));
    private static final PluginDevice AUTO =
            new PluginDevice(OPENVINO + ".AUTO", "CPU", "Intel", Map.of("ov_device", "CPU", "ov_meta_device", "AUTO"));
    private static final PluginDevice GPU = new PluginDevice(OPENVINO, "GPU", "Intel", Map.of("ov_device", "GPU.0"));
    private static final EngineOptions OPTIONS = new EngineOptions(3);

    private static EngineOptions with(PluginOptions plugin) {
        return OPTIONS.withPlugin(plugin);
    }

    private static void assertConfiguration(PluginDevice device, EngineOptions options, String json) {
        Map<String, String> given = PluginDialect.options("net.onnx", device, options);
        assertThat(JsonParser.parseString(given.get("load_config"))).isEqualTo(JsonParser.parseString(json));
    }

    @ParameterizedTest
    @CsvSource({"FP32, f32", "BF16, bf16", "FP16, f16"})
    void openVinoIsToldByItsConfiguration(InferencePrecision precision, String hint) {
        assertConfiguration(
                CPU,
                OPTIONS.withPrecision(precision),
                "{CPU: {INFERENCE_PRECISION_HINT: " + hint + ", INFERENCE_NUM_THREADS: 3}}");
    }

    @Test
    void openVinosOtherDevices() {
        assertConfiguration(GPU, OPTIONS, "{'GPU.0': {INFERENCE_PRECISION_HINT: f32}}");
        assertConfiguration(AUTO, OPTIONS, "{AUTO: {INFERENCE_PRECISION_HINT: f32}}");
        assertConfiguration(CPU, OPTIONS.withPrecision(InferencePrecision.AUTO), "{CPU: {INFERENCE_NUM_THREADS: 3}}");
    }

    @Test
    void whatTheUserSaysStays() {
        PluginOptions own = PluginOptions.none()
                .withOption("load_config", "{\"CPU\": {\"INFERENCE_PRECISION_HINT\": \"bf16\"}, \"NPU\": {}}")
                .withOption("cache_dir", "/cache");
        assertConfiguration(
                CPU, with(own), "{CPU: {INFERENCE_PRECISION_HINT: bf16, INFERENCE_NUM_THREADS: 3}, NPU: {}}");
        assertThat(PluginDialect.options("net.onnx", CPU, with(own))).containsEntry("cache_dir", "/cache");
        assertConfiguration(
                CPU,
                with(PluginOptions.none().withOption("num_of_threads", "1")),
                "{CPU: {INFERENCE_PRECISION_HINT: f32}}");
        for (String text : List.of("{", "[]", "1")) {
            assertThatThrownBy(() -> PluginDialect.options(
                            "net.onnx", CPU, with(PluginOptions.none().withOption("load_config", text))))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith("net.onnx cannot read the option load_config: it must be JSON");
        }
    }

    @Test
    void othersAreToldOnlyWhatTheUserSays() {
        PluginDevice other = new PluginDevice("AcmeExecutionProvider", "NPU", "Acme", Map.of());
        PluginOptions own = PluginOptions.none().withOption("fast", "1");
        assertThat(PluginDialect.options("net.onnx", other, with(own))).isEqualTo(Map.of("fast", "1"));
        assertThatThrownBy(() ->
                        PluginDialect.options("net.onnx", other, with(own).withPrecision(InferencePrecision.BF16)))
                .isInstanceOf(ModelException.class)
                .hasMessage("net.onnx cannot be told bf16; give its own option by --provider-option, and"
                        + " --inference-precision auto");
    }

    @Test
    void devices() {
        List<PluginDevice> devices = List.of(AUTO, CPU, GPU);
        assertThat(DeviceChoice.choose("acme", devices, Optional.empty())).isEqualTo(1); // not the collective one
        assertThat(DeviceChoice.choose("acme", devices, Optional.of("gpu"))).isEqualTo(2);
        assertThat(DeviceChoice.choose("acme", devices, Optional.of("0"))).isZero();
        assertThatThrownBy(() -> DeviceChoice.choose("acme", devices, Optional.of("npu")))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "acme has no device 'npu', only 0 (CPU, Intel, OpenVINOExecutionProvider.AUTO), 1 (CPU, Xeon),"
                                + " 2 (GPU, Intel)");
        assertThatThrownBy(() -> DeviceChoice.choose("acme", devices, Optional.of("3")))
                .hasMessageStartingWith("acme has no device 3, only 0 (");
        assertThatThrownBy(() -> DeviceChoice.choose("acme", List.of(), Optional.empty()))
                .hasMessage("acme has no device on this machine; use another provider");
    }
}
