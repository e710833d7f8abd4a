package org.elasticvision.runtime.engine.onnx.plugin;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.InferencePrecision;

/** In which words a plug-in is told what it is asked. What the user gives as the plug-in's own option is never changed. */
public final class PluginDialect {
    private static final String OPENVINO = "OpenVINOExecutionProvider";
    private static final String LOAD_CONFIG = "load_config";
    private static final String PRECISION = "INFERENCE_PRECISION_HINT";
    private static final String THREADS = "INFERENCE_NUM_THREADS";

    private PluginDialect() {}

    /**
     * {@return the plug-in's own options for what is asked}
     *
     * @param subject the begin of a message
     * @throws ModelException where the plug-in cannot be told
     */
    public static Map<String, String> options(String subject, PluginDevice device, EngineOptions options) {
        return device.provider().startsWith(OPENVINO) ? openVino(subject, device, options) : others(subject, options);
    }

    /** Float32 cannot be asked of them either, but whether it is what they do is seen. */
    private static Map<String, String> others(String subject, EngineOptions options) {
        return switch (options.precision()) {
            case FP32, AUTO -> options.plugin().options();
            case BF16, FP16 ->
                throw new ModelException(subject + " cannot be told " + options.precision()
                        + "; give its own option by --provider-option, and --inference-precision auto");
        };
    }

    /**
     * Its plain options {@code precision} and {@code num_of_threads} are accepted and not all heeded (1.8.1); its configuration file,
     * given as text, is.
     */
    private static Map<String, String> openVino(String subject, PluginDevice device, EngineOptions options) {
        Map<String, String> all = new LinkedHashMap<>(options.plugin().options());
        String own = device.metadata().getOrDefault("ov_device", device.type().toUpperCase(Locale.ROOT));
        String name = device.metadata().getOrDefault("ov_meta_device", own); // AUTO, which heeds no other name
        JsonObject configuration = parse(subject, all.getOrDefault(LOAD_CONFIG, "{}"));
        if (!configuration.has(name)) {
            configuration.add(name, new JsonObject());
        }
        if (configuration.get(name) instanceof JsonObject section) {
            hint(options.precision())
                    .filter(hint -> !section.has(PRECISION) && !name.startsWith("NPU")) // which has no such choice
                    .ifPresent(hint -> section.addProperty(PRECISION, hint));
            if (name.equals("CPU") && !section.has(THREADS) && !all.containsKey("num_of_threads")) {
                section.addProperty(THREADS, options.effectiveThreads());
            }
        }
        all.put(LOAD_CONFIG, configuration.toString());
        return all;
    }

    /** In small letters: others are refused. */
    private static Optional<String> hint(InferencePrecision precision) {
        return switch (precision) {
            case FP32 -> Optional.of("f32");
            case BF16 -> Optional.of("bf16");
            case FP16 -> Optional.of("f16");
            case AUTO -> Optional.empty();
        };
    }

    private static JsonObject parse(String subject, String text) {
        try {
            if (JsonParser.parseString(text) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException e) {
            throw unreadable(subject, e);
        }
        throw unreadable(subject, null);
    }

    private static ModelException unreadable(String subject, Exception cause) {
        return new ModelException(
                subject + " cannot read the option load_config: it must be JSON, such as"
                        + " {\"CPU\":{\"INFERENCE_PRECISION_HINT\":\"f32\"}}",
                cause);
    }
}
