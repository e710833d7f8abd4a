package org.elasticvision.runtime.cpu;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads Linux's {@code /proc/cpuinfo}: a paragraph per processor, of lines {@code key : value}. */
final class LinuxCpuInfo {
    /** Of x86, and of ARM. */
    private static final List<String> FLAG_KEYS = List.of("flags", "Features");

    /** Of x86 and some ARM; of boards such as the Raspberry Pi. */
    private static final List<String> MODEL_KEYS = List.of("model name", "Model", "Hardware");

    private LinuxCpuInfo() {}

    static CpuFeatures parse(String text) {
        List<String[]> entries = text.lines()
                .map(line -> line.split(":", 2))
                .filter(entry -> entry.length == 2)
                .map(entry -> new String[] {entry[0].strip(), entry[1].strip()})
                .toList();
        List<Set<CpuFeature>> processors = entries.stream()
                .filter(entry -> FLAG_KEYS.contains(entry[0]))
                .map(entry -> features(new HashSet<>(List.of(entry[1].split("\\s+")))))
                .toList();
        if (processors.isEmpty()) {
            return new CpuFeatures(model(entries), Set.of(), false);
        }
        Set<CpuFeature> common = EnumSet.allOf(CpuFeature.class);
        processors.forEach(common::retainAll); // small and large cores may differ
        return new CpuFeatures(model(entries), common, true);
    }

    private static Set<CpuFeature> features(Set<String> flags) {
        Set<CpuFeature> features = EnumSet.noneOf(CpuFeature.class);
        for (CpuFeature feature : CpuFeature.values()) {
            if (flags.contains(feature.linuxFlag())) {
                features.add(feature);
            }
        }
        return features;
    }

    private static Optional<String> model(List<String[]> entries) {
        for (String key : MODEL_KEYS) {
            for (String[] entry : entries) {
                if (entry[0].equals(key) && !entry[1].isEmpty()) {
                    return Optional.of(entry[1]);
                }
            }
        }
        return Optional.empty();
    }
}
