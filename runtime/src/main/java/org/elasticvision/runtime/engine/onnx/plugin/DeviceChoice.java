package org.elasticvision.runtime.engine.onnx.plugin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.ModelException;

/** Which of a plug-in's devices runs a model. */
public final class DeviceChoice {
    private DeviceChoice() {}

    /**
     * {@return the index of the device}
     *
     * @param subject the begin of a message
     * @param devices all that the plug-in offers
     * @param asked {@code cpu}, {@code gpu}, {@code npu} or a number; empty for the first
     * @throws ModelException where there is none such: another one is never taken instead
     */
    public static int choose(String subject, List<PluginDevice> devices, Optional<String> asked) {
        if (devices.isEmpty()) {
            throw new ModelException(subject + " has no device on this machine; use another provider");
        }
        if (asked.filter(word -> word.matches("\\d+")).isPresent()) {
            int number = Integer.parseInt(asked.get());
            if (number >= devices.size()) {
                throw new ModelException(subject + " has no device " + number + ", only " + list(devices));
            }
            return number;
        }
        return IntStream.range(0, devices.size())
                .filter(index -> !isCollective(devices, index)
                        && asked.map(devices.get(index).type()::equals).orElse(true))
                .findFirst()
                .orElseThrow(() -> new ModelException(subject + " has no device "
                        + asked.map(word -> "'" + word + "'").orElse("of its own") + ", only " + list(devices)));
    }

    /**
     * {@return whether it is not hardware but a choice among the others by the plug-in itself, such as
     * {@code OpenVINOExecutionProvider.AUTO}; taken only by its number}
     */
    public static boolean isCollective(List<PluginDevice> devices, int index) {
        String provider = devices.get(index).provider();
        return devices.stream().anyMatch(other -> provider.startsWith(other.provider() + "."));
    }

    private static String list(List<PluginDevice> devices) {
        return IntStream.range(0, devices.size())
                .mapToObj(index -> index + " (" + devices.get(index).name()
                        + (isCollective(devices, index)
                                ? ", " + devices.get(index).provider()
                                : "") + ")")
                .collect(Collectors.joining(", "));
    }
}
