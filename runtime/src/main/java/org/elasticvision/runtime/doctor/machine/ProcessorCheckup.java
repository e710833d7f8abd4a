package org.elasticvision.runtime.doctor.machine;

import java.util.List;
import java.util.stream.Collectors;
import org.elasticvision.runtime.cpu.CpuFeature;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.cpu.PhysicalCores;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;

/** The processor: its cores, and the instructions that matter to networks. */
final class ProcessorCheckup implements Checkup {
    private static final String INSTRUCTIONS = "CPU instructions";

    @Override
    public String name() {
        return "CPU";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public boolean isolated() {
        return false;
    }

    @Override
    public List<Finding> examine() {
        CpuFeatures features = CpuFeatures.current();
        int cores = PhysicalCores.count();
        int processors = Runtime.getRuntime().availableProcessors();
        String detail = features.model().map(model -> model + ", ").orElse("")
                + cores
                + (cores == 1 ? " core" : " cores")
                + (processors > cores ? ", " + processors + " threads" : "");
        return List.of(
                Finding.ok("CPU").withDetail(detail), instructions(features, isX86(System.getProperty("os.arch"))));
    }

    static Finding instructions(CpuFeatures features, boolean x86) {
        if (!features.isKnown()) {
            return Finding.absent(INSTRUCTIONS, "this system does not tell which the processor has");
        }
        String list = features.all().stream().map(CpuFeature::label).collect(Collectors.joining(", "));
        if (x86 && !features.has(CpuFeature.AVX2)) {
            return Finding.absent(
                    INSTRUCTIONS, "no AVX2: networks are several times slower than on processors with it");
        }
        if (!features.sumsBytesIn32Bits()) {
            list += "; no VNNI: INT8 needs pair-safe weights, as 'elastic quantize' makes them";
        }
        return Finding.ok(INSTRUCTIONS).withDetail(list);
    }

    private static boolean isX86(String architecture) {
        return List.of("amd64", "x86_64").contains(architecture);
    }
}
