package org.elasticvision.runtime.engine.onnx.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.NeededLibraries;
import org.elasticvision.runtime.gpu.SharedLibrary;

/**
 * The library of one of ONNX Runtime's GPU providers, where it lies unpacked: in the folder that ONNX Runtime's own property
 * names. Builds for CUDA 12 and for CUDA 13 have one version and one name; what they need of CUDA tells them apart.
 */
final class ProviderLibrary {
    private static final String FOLDER = "onnxruntime.native.path";
    private static final String CUDA_13 = "libcudart.so.13";

    private ProviderLibrary() {}

    /** For which CUDA the providers at hand are. */
    static GpuPart cuda() {
        return file(System.getProperty(FOLDER, ""), Provider.CUDA)
                .map(ProviderLibrary::cuda)
                .orElse(GpuPart.ONNXRUNTIME_12); // the jar's
    }

    static GpuPart cuda(Path library) {
        try {
            return NeededLibraries.of(library).contains(CUDA_13) ? GpuPart.ONNXRUNTIME_13 : GpuPart.ONNXRUNTIME_12;
        } catch (IOException e) { // it will not load either, and that is said then
            return GpuPart.ONNXRUNTIME_12;
        }
    }

    /**
     * What the system says against loading it, which ONNX Runtime itself only logs. Empty where it loads or is not known.
     */
    static Optional<String> problem(Provider provider) {
        return problem(System.getProperty(FOLDER, ""), provider);
    }

    static Optional<String> problem(String folder, Provider provider) {
        return file(folder, provider)
                .map(file -> SharedLibrary.load(file.toString()))
                .filter(library -> !library.message().isEmpty())
                .map(SharedLibrary::message);
    }

    private static Optional<Path> file(String folder, Provider provider) {
        if (folder.isBlank()) {
            return Optional.empty();
        }
        Path file = Path.of(folder, "libonnxruntime_providers_" + provider.id() + ".so");
        return Files.isRegularFile(file) ? Optional.of(file.toAbsolutePath()) : Optional.empty();
    }
}
