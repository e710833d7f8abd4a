package org.elasticvision.runtime.cpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Asks macOS's {@code sysctl}, which prints lines {@code key: value}. */
final class MacSysctl {
    private static final String MODEL = "machdep.cpu.brand_string";
    private static final long SECONDS = 5;

    private MacSysctl() {}

    static CpuFeatures read() throws IOException {
        Process process = new ProcessBuilder("/usr/sbin/sysctl", MODEL, "hw.optional")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // It is over at once, and prints less than a pipe holds.
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return CpuFeatures.unknown();
            }
            return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CpuFeatures.unknown();
        } finally {
            process.destroyForcibly();
        }
    }

    static CpuFeatures parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines()
                .map(line -> line.split(":", 2))
                .filter(entry -> entry.length == 2)
                .forEach(entry -> values.put(entry[0].strip(), entry[1].strip()));
        Set<CpuFeature> features = EnumSet.noneOf(CpuFeature.class);
        for (CpuFeature feature : CpuFeature.values()) {
            if ("1".equals(values.get(feature.macKey()))) {
                features.add(feature);
            }
        }
        return new CpuFeatures(Optional.ofNullable(values.get(MODEL)), features, !features.isEmpty());
    }
}
