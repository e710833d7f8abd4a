package org.elasticvision.train.torch.device;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.gpu.GpuLibraries;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.MissingLibrary;
import org.elasticvision.runtime.image.codec.UnpackedLibraries;

/**
 * Loads LibTorch's own files and none of another PyTorch that the machine has.
 *
 * <p>JavaCPP unpacks and loads a library before it unpacks the ones that this needs. On Linux the dynamic loader then takes
 * these from the system, if there are such ({@code libtorch-dev} of Debian, or {@code LD_LIBRARY_PATH}), and the JVM crashes
 * of the mixture. So all are unpacked first, and loaded from the bottom up.
 */
final class TorchLibrary {
    /** What needs nothing but those before it. */
    private static final List<String> BOTTOM_UP =
            List.of("libgomp.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so");

    private static final List<String> BUILDS = List.of("", "-gpu");

    static {
        if (Loader.getPlatform().startsWith("linux")) {
            if (isCudaBuild()) {
                GpuLibraries.firstMissingToLoad(GpuPart.LIBTORCH).ifPresent(TorchLibrary::refuse);
            }
            try (TorchShield shield = TorchShield.open()) {
                UnpackedLibraries.load();
                Loader.load(openblas.class);
                unpacked().forEach(TorchLibrary::load);
            }
        }
    }

    private TorchLibrary() {}

    /** Called by what may be the first to need LibTorch; what needs it afterwards finds it loaded. */
    static void load() {
        // all is done above, once
    }

    static boolean isCudaBuild() {
        return TorchLibrary.class.getResource("/org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/libtorch_cuda.so")
                != null;
    }

    /** LibTorch would end the process: it finds its half for the CPU, not the other, and C++ has nobody to catch what follows. */
    private static void refuse(MissingLibrary missing) {
        throw new ElasticVisionException("LibTorch's CUDA build does not load, not even to train on the CPU: " + missing
                + "; without NVIDIA's libraries build without -Pcuda (ELASTIC_MAVEN= ./elastic ...)");
    }

    private static List<File> unpacked() {
        List<File> files = new ArrayList<>();
        try {
            for (String name : BOTTOM_UP) {
                for (String build : BUILDS) {
                    URL resource = TorchLibrary.class.getResource(
                            "/org/bytedeco/pytorch/" + Loader.getPlatform() + build + "/" + name);
                    if (resource != null) {
                        files.add(Loader.cacheResource(resource));
                    }
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("LibTorch cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private static void load(File library) {
        try {
            System.load(library.getPath());
        } catch (UnsatisfiedLinkError e) {
            // It needs CUDA's, which JavaCPP loads next; if it then still fails, JavaCPP says so.
        }
    }
}
