package org.elasticvision.runtime.engine.onnx.gpu;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Remedies;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuCode;
import org.elasticvision.runtime.gpu.GpuLibraries;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.MissingLibrary;

/**
 * What one of ONNX Runtime's providers for GPUs needs of the machine: before a model is opened, and for the doctor.
 *
 * @param provider which
 * @param name as its finding names it
 * @param besides whose libraries it needs besides CUDA's; empty where no others
 * @param ownCode whose code runs on the GPU; empty where that is of ONNX Runtime's own build
 */
public record GpuNeeds(Provider provider, String name, Optional<GpuPart> besides, Optional<GpuPart> ownCode) {
    /**
     * {@return the GPU that a model is to run on}
     *
     * @param file the model, for the message
     * @param options which GPU
     * @param built whether this ONNX Runtime has the provider
     * @throws ModelException where it cannot run there, with what is wrong and what to do about it
     */
    public Gpu require(Path file, EngineOptions options, BooleanSupplier built) {
        Cuda.Status cuda = Cuda.status();
        ProviderCheck.problem(options, cuda, built.getAsBoolean(), this::found).ifPresent(problem -> {
            throw new ModelException(file + " cannot run with the provider " + provider + ": " + problem);
        });
        return cuda.gpus().get(options.gpu());
    }

    /** Looks for the libraries, which loads them. */
    private ProviderCheck.Needs found() {
        GpuPart cuda = ProviderLibrary.cuda();
        return new ProviderCheck.Needs(
                ownCode.orElse(cuda), firstMissing(Stream.concat(Stream.of(GpuPart.GPUS), parts(cuda))));
    }

    private Stream<GpuPart> parts(GpuPart cuda) {
        return Stream.concat(Stream.of(cuda), besides.stream());
    }

    private static Optional<MissingLibrary> firstMissing(Stream<GpuPart> parts) {
        return parts.flatMap(part -> GpuLibraries.firstMissing(part).stream()).findFirst();
    }

    /** {@return what the system says against loading the provider, which ONNX Runtime itself only logs; empty where it loads} */
    public Optional<String> libraryProblem() {
        return ProviderLibrary.problem(provider);
    }

    /**
     * {@return what the doctor says of it} Loads libraries: only for isolated checkups.
     *
     * @param built whether this ONNX Runtime has the provider
     * @param problem loads the provider and says why it does not; asked only where there is a GPU and all libraries are there
     */
    public List<Finding> findings(boolean built, Supplier<Optional<String>> problem) {
        if (!Gpu.arePossible()) {
            return List.of();
        }
        if (!built) {
            return List.of(
                    Finding.absent(name, "not in this build of ONNX Runtime").withRemedy(Remedies.onnxRuntimeGpu()));
        }
        GpuPart cuda = ProviderLibrary.cuda();
        return List.of(finding(cuda, firstMissing(parts(cuda)), Cuda.status().gpus(), problem));
    }

    /**
     * {@return what follows for the doctor}
     *
     * @param cuda ONNX Runtime's build
     * @param missing the first library that does not load
     * @param gpus that CUDA finds
     * @param problem asked only where there is a GPU and all libraries are there
     */
    Finding finding(
            GpuPart cuda, Optional<MissingLibrary> missing, List<Gpu> gpus, Supplier<Optional<String>> problem) {
        String build = "in this build, which is for CUDA " + (cuda == GpuPart.ONNXRUNTIME_13 ? "13" : "12");
        if (missing.isPresent()) {
            String detail = build + ": " + missing.get().problem();
            return (gpus.isEmpty() ? Finding.absent(name, detail) : Finding.broken(name, detail))
                    .withRemedy(missing.get().library().remedy());
        }
        if (gpus.isEmpty()) {
            return Finding.absent(name, build + "; its libraries load; there is no GPU to use it on");
        }
        Optional<Gpu> without = gpus.stream()
                .filter(gpu -> !GpuCode.runs(ownCode.orElse(cuda), gpu.major(), gpu.minor()))
                .findFirst();
        if (without.isPresent()) {
            return Finding.broken(
                            name,
                            build + ", has no code for compute capability "
                                    + without.get().computeCapability() + ", only for "
                                    + GpuCode.text(ownCode.orElse(cuda)))
                    .withRemedy("build engines of models with 'elastic build-engine', or use the provider cpu");
        }
        return problem.get()
                .map(text -> Finding.broken(name, build + ", does not load: " + text))
                .orElseGet(() -> Finding.ok(name).withDetail(build));
    }
}
