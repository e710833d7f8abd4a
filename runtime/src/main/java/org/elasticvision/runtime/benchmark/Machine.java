package org.elasticvision.runtime.benchmark;

import java.nio.file.Path;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.cpu.PhysicalCores;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.EngineProvider;

/**
 * What a measurement was made on.
 *
 * @param processor its name, or its architecture where that is not told
 * @param cores physical ones that this process may use
 * @param system operating system
 * @param java version of the virtual machine
 * @param library what ran the network, such as {@code ONNX Runtime}
 * @param libraryVersion its version
 * @param tool version of this program
 */
public record Machine(
        String processor, int cores, String system, String java, String library, String libraryVersion, String tool) {

    /**
     * {@return this one, with what runs a model}
     *
     * @param model the file
     * @param options how it is opened
     */
    public static Machine running(Path model, EngineOptions options) {
        EngineProvider engine = EngineProvider.of(model, options);
        return new Machine(
                CpuFeatures.current().model().orElseGet(() -> System.getProperty("os.arch")),
                PhysicalCores.count(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                engine.name(),
                engine.version().orElse("none"),
                Version.current());
    }
}
