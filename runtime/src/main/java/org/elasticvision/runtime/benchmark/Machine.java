package org.elasticvision.runtime.benchmark;

import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.engine.CpuFeatures;
import org.elasticvision.runtime.engine.OnnxRuntime;
import org.elasticvision.runtime.engine.PhysicalCores;

/**
 * What a measurement was made on.
 *
 * @param processor its name, or its architecture where that is not told
 * @param cores physical ones that this process may use
 * @param system operating system
 * @param java version of the virtual machine
 * @param onnxRuntime its version
 * @param tool version of this program
 */
public record Machine(String processor, int cores, String system, String java, String onnxRuntime, String tool) {

    /**
     * This one.
     *
     * @return this machine
     */
    public static Machine current() {
        return new Machine(
                CpuFeatures.current().model().orElseGet(() -> System.getProperty("os.arch")),
                PhysicalCores.count(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                OnnxRuntime.status().version().orElse("none"),
                Version.current());
    }
}
