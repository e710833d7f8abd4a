package org.elasticvision.runtime.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How long ago this process began. */
final class ProcessAge {
    private static final Path PROC = Path.of("/proc");
    private static final int TICKS_A_SECOND = 100; // what Linux shows to programs, whatever it counts itself
    private static final int START_TIME = 19; // of the fields after the command's name

    private ProcessAge() {}

    /** To 10 ms on Linux; elsewhere to what the system tells, which may be a second. */
    static Duration now() {
        try {
            if (Files.isReadable(PROC.resolve("uptime"))) {
                return of(Files.readString(PROC.resolve("self/stat")), Files.readString(PROC.resolve("uptime")));
            }
        } catch (IOException | RuntimeException e) {
            // Not a /proc as Linux has it: Java's own answer is less exact but always there.
        }
        Instant start = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        return Duration.between(start, Instant.now());
    }

    static Duration of(String stat, String uptime) {
        String afterName = stat.substring(stat.lastIndexOf(')') + 2);
        long started = Long.parseLong(List.of(afterName.split(" ")).get(START_TIME));
        double now = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
        return Duration.ofMillis(Math.round(now * 1000) - started * 1000 / TICKS_A_SECOND);
    }
}
