package org.elasticvision.runtime.cpu;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Counts cores without their hyper-threads: two threads on one core only get in each other's way in matrix code. */
public final class PhysicalCores {
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    private PhysicalCores() {}

    /** {@return physical cores, at most as many processors as this process may use; where nothing is known, those} */
    public static int count() {
        int available = Runtime.getRuntime().availableProcessors();
        int physical = count(CPUS);
        return physical == 0 ? available : Math.min(physical, available);
    }

    static int count(Path cpus) {
        Set<String> cores = new HashSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(cpus, "cpu[0-9]*")) {
            for (Path folder : folders) {
                cores.add(Files.readString(folder.resolve("topology/thread_siblings_list"))
                        .strip());
            }
        } catch (IOException e) {
            return 0; // not Linux, or hidden by a sandbox
        }
        return cores.size();
    }
}
