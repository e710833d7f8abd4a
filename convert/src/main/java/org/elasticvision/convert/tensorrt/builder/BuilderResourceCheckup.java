package org.elasticvision.convert.tensorrt.builder;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.SharedLibrary;
import org.elasticvision.runtime.gpu.TensorRt;

/**
 * The library with the code that TensorRT's builder tries on one kind of GPU. Running engines takes none. It is not in the jar
 * of TensorRT's libraries, which has the one for all kinds of GPU only; builders are reported to fail without their own.
 */
public final class BuilderResourceCheckup implements Checkup {
    private static final String NAME = "TensorRT builder resource";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return 86;
    }

    @Override
    public boolean isolated() {
        return true;
    }

    @Override
    public List<Finding> examine() {
        List<Gpu> gpus = Cuda.status().gpus();
        Optional<String> version =
                gpus.isEmpty() ? Optional.empty() : TensorRt.status().version();
        return version.map(present -> findings(gpus, present, SharedLibrary::load))
                .orElse(List.of());
    }

    /** One for each kind of GPU. */
    static List<Finding> findings(List<Gpu> gpus, String version, Function<String, SharedLibrary> load) {
        List<String> files = gpus.stream()
                .map(gpu -> BuilderResource.fileName(gpu, version))
                .distinct()
                .toList();
        return files.stream()
                .map(file -> finding(files.size() == 1 ? NAME : NAME + " " + file, file, load.apply(file)))
                .toList();
    }

    private static Finding finding(String name, String file, SharedLibrary found) {
        return switch (found.presence()) {
            case LOADS -> Finding.ok(name).withDetail(file);
            case NOT_ASKED -> Finding.absent(name, "was not looked for: " + file);
            case MISSING ->
                Finding.absent(name, file + " is not found; 'elastic build-engine' is likely to fail without it")
                        .withRemedy(BuilderResource.remedy());
            case BROKEN ->
                Finding.broken(name, file + " does not load: " + found.message())
                        .withRemedy(BuilderResource.remedy());
        };
    }
}
