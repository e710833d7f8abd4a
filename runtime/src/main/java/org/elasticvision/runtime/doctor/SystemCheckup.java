package org.elasticvision.runtime.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.elasticvision.runtime.Version;

/** This library, the operating system, Java and memory. */
public final class SystemCheckup implements Checkup {
    @Override
    public String name() {
        return "System";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public boolean isolated() {
        return false;
    }

    @Override
    public List<Finding> examine() {
        return List.of(
                Finding.ok("ElasticVision").withVersion(Version.current()),
                Finding.ok("System")
                        .withVersion(System.getProperty("os.version"))
                        .withDetail(System.getProperty("os.name") + " " + System.getProperty("os.arch")),
                Finding.ok("Java")
                        .withVersion(System.getProperty("java.version"))
                        .withDetail(System.getProperty("java.vendor") + ", in " + System.getProperty("java.home")),
                memory());
    }

    private static Finding memory() {
        long heap = Runtime.getRuntime().maxMemory();
        String detail = Bytes.text(heap) + " of it at most for Java's heap; networks are outside that";
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            return Finding.ok("Memory").withDetail(Bytes.text(system.getTotalMemorySize()) + ", " + detail);
        }
        return Finding.ok("Memory").withDetail(detail);
    }
}
