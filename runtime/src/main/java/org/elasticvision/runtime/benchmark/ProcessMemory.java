package org.elasticvision.runtime.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** The memory of this process: heap, native code and buffers alike. */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    private ProcessMemory() {}

    /** The most that was ever resident; told by Linux only. */
    static OptionalLong peakBytes() {
        try {
            return Files.isReadable(STATUS) ? peakBytes(Files.readString(STATUS)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    static OptionalLong peakBytes(String status) {
        Optional<String> line =
                status.lines().filter(text -> text.startsWith(PEAK)).findFirst();
        return line.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(line.get().replaceAll("\\D", "")) * 1024);
    }
}
