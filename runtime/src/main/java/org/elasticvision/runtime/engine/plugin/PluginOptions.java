package org.elasticvision.runtime.engine.plugin;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of a plug-in. Start from {@link #none()}.
 *
 * @param library the plug-in's library; empty where it is to be found by the name of the provider
 * @param device {@code cpu}, {@code gpu}, {@code npu}, or a number of {@code elastic doctor}'s list; empty for the first of that list
 * @param options the plug-in's own, handed over as they are; plug-ins ignore what they do not know
 */
public record PluginOptions(Optional<Path> library, Optional<String> device, Map<String, String> options) {
    private static final PluginOptions NONE = new PluginOptions(Optional.empty(), Optional.empty(), Map.of());

    public PluginOptions {
        device.filter(name -> !name.matches("cpu|gpu|npu|\\d{1,3}")).ifPresent(name -> {
            throw new IllegalArgumentException("device '" + name + "' must be cpu, gpu, npu or a number");
        });
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** {@return nothing: the library is found by the name of the provider, and its first device is taken} */
    public static PluginOptions none() {
        return NONE;
    }

    /** {@return these with another library} */
    public PluginOptions withLibrary(Path file) {
        return new PluginOptions(Optional.of(file), device, options);
    }

    /**
     * {@return these with another device}
     *
     * @param name {@code cpu}, {@code gpu}, {@code npu} or a number
     */
    public PluginOptions withDevice(String name) {
        return new PluginOptions(library, Optional.of(name), options);
    }

    /** {@return these with one more of the plug-in's own options} */
    public PluginOptions withOption(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(key, value);
        return new PluginOptions(library, device, more);
    }

    /** {@return whether nothing is asked} */
    public boolean isEmpty() {
        return library.isEmpty() && device.isEmpty() && options.isEmpty();
    }
}
