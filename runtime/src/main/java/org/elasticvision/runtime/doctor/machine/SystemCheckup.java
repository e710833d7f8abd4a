package org.elasticvision.runtime.doctor.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.LinkErrors;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;

/** This library, the operating system, Java and memory. */
final class SystemCheckup implements Checkup {
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
        return Stream.concat(own().stream(), CLibrary.version().map(SystemCheckup::cLibrary).stream())
                .toList();
    }

    static Finding cLibrary(String version) {
        return CLibrary.isNewEnough(version)
                ? Finding.ok("C library").withDetail(version)
                : Finding.broken("C library", version + " is too old for OpenCV, OpenBLAS and LibTorch")
                        .withRemedy("take a Linux with glibc " + LinkErrors.LEAST_GLIBC
                                + " or newer, such as Ubuntu 22.04, Debian 12, Fedora 36 or RHEL 10");
    }

    private static List<Finding> own() {
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
