package org.elasticvision.runtime.doctor.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Linux says of NVIDIA's kernel driver and its GPUs, whatever CUDA says.
 *
 * @param driverVersion such as {@code 580.65.06}; empty where the kernel has no such driver
 * @param areGiven whether this process has GPUs' device files; in a container often not
 */
record NvidiaDevices(Optional<String> driverVersion, boolean areGiven) {
    private static final Pattern VERSION = Pattern.compile("Kernel Module.*?\\s(\\d+\\.\\d+(?:\\.\\d+)?)\\s");

    static NvidiaDevices current() {
        return of(Path.of("/"));
    }

    static NvidiaDevices of(Path root) {
        return new NvidiaDevices(
                driverVersion(root.resolve("proc/driver/nvidia/version")), areGiven(root.resolve("dev")));
    }

    private static Optional<String> driverVersion(Path file) {
        try {
            Matcher matcher = VERSION.matcher(Files.readString(file));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean areGiven(Path devices) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(devices, "nvidia[0-9]*")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }
}
