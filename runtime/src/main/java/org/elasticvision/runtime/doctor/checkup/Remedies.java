package org.elasticvision.runtime.doctor.checkup;

import org.bytedeco.javacpp.Loader;
import org.elasticvision.runtime.gpu.GpuLibraries;
import org.elasticvision.runtime.gpu.GpuPart;

/** What adds the parts that come from elsewhere, the same words in every checkup. */
public final class Remedies {
    private static final String IN_AN_APPLICATION = "; an application of your own takes ";
    /** The oldest driver for CUDA 13. */
    private static final String DRIVER = "580";

    private Remedies() {}

    /** {@return NVIDIA's driver, for who has a GPU} */
    public static String driver() {
        return "for a GPU install NVIDIA's driver, version " + DRIVER
                + " or later; in a container, start it with docker run --gpus all (NVIDIA Container Toolkit)";
    }

    /** {@return a driver that is new enough, for who has an older one} */
    public static String newerDriver() {
        return "install NVIDIA's driver, version " + DRIVER + " or later";
    }

    /**
     * {@return what brings a library}
     *
     * @param part whose library
     * @param begin how its file name begins, such as {@code libcudnn.}
     */
    public static String library(GpuPart part, String begin) {
        return GpuLibraries.of(part).stream()
                .filter(library -> library.fileName().startsWith(begin))
                .findFirst()
                .orElseThrow()
                .remedy();
    }

    /** {@return the builds of ONNX Runtime and LibTorch that use CUDA} */
    public static String onnxRuntimeGpu() {
        return "in a checkout ELASTIC_MAVEN=-Pcuda ./elastic ... builds with it" + IN_AN_APPLICATION
                + "com.microsoft.onnxruntime:onnxruntime_gpu:" + Dependencies.version("onnxruntime")
                + " in place of onnxruntime";
    }

    /** {@return the build of LibTorch that uses CUDA} */
    public static String torchGpu() {
        return "in a checkout ELASTIC_MAVEN=-Pcuda ./elastic ... builds with it" + IN_AN_APPLICATION
                + Dependencies.bytedeco("pytorch", "-gpu");
    }

    /** {@return TensorRT's libraries, its ONNX parser among them} */
    public static String tensorRt() {
        // Pinned: without a version, package managers bring the next major one, which does not fit.
        String install = library(GpuPart.TENSORRT, "libnvinfer.") + ", with NVIDIA's package "
                + GpuLibraries.of(GpuPart.ONNXRUNTIME_TENSORRT).get(1).nvidiaPackage() + " for its ONNX parser";
        if (!Loader.getPlatform().equals("linux-x86_64")) {
            return install;
        }
        return "in a checkout ELASTIC_MAVEN=-Ptensorrt ./elastic ... brings it, or " + install + IN_AN_APPLICATION
                + Dependencies.bytedeco("tensorrt", "-redist");
    }
}
