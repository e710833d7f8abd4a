package org.elasticvision.runtime.engine.onnx.plugin;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a plug-in offers to run models on.
 *
 * @param provider how ONNX Runtime names who offers it, such as {@code OpenVINOExecutionProvider}; a plug-in may have several
 * @param type {@code cpu}, {@code gpu} or {@code npu}
 * @param vendor of the hardware
 * @param metadata what the plug-in and the system say of it
 */
public record PluginDevice(String provider, String type, String vendor, Map<String, String> metadata) {
    private static final String FILE = "library_path";
    private static final String FULL_NAME = "FULL_DEVICE_NAME";

    public PluginDevice {
        type = type.toLowerCase(Locale.ROOT);
        metadata = Map.copyOf(metadata);
    }

    /** {@return such as {@code CPU, Intel(R) Xeon(R) Processor}} */
    public String name() {
        return type.toUpperCase(Locale.ROOT) + ", " + metadata.getOrDefault(FULL_NAME, vendor);
    }

    /** {@return all that is said of it, by name, without where the library lies} */
    public String details() {
        return new TreeMap<>(metadata)
                .entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(FILE)
                                && !entry.getValue().isBlank())
                        .sorted(Comparator.comparing(entry -> !entry.getKey().equals(FULL_NAME)))
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("; "));
    }
}
