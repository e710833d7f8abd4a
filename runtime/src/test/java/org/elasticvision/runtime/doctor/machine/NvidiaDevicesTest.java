package org.elasticvision.runtime.doctor.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NvidiaDevicesTest {
    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023, 535.104.05",
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build  (dvs-builder), 580.65.06",
        "something else, "
    })
    void theDriversVersion(String line, String version) throws IOException {
        Path folder = Files.createDirectories(root.resolve("proc/driver/nvidia"));
        Files.writeString(folder.resolve("version"), line + "\nGCC version:  gcc version 12.3.0 (Ubuntu)\n");
        assertThat(NvidiaDevices.of(root)).isEqualTo(new NvidiaDevices(Optional.ofNullable(version), false));
    }

    @Test
    void gpusAreGivenAsDeviceFiles() throws IOException {
        Path folder = Files.createDirectories(root.resolve("dev"));
        Files.createFile(folder.resolve("nvidiactl"));
        assertThat(NvidiaDevices.of(root).areGiven()).isFalse();
        Files.createFile(folder.resolve("nvidia0"));
        assertThat(NvidiaDevices.of(root).areGiven()).isTrue();
    }

    @Test
    void otherSystemsHaveNeither() {
        assertThat(NvidiaDevices.of(root)).isEqualTo(new NvidiaDevices(Optional.empty(), false));
    }
}
