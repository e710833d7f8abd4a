package org.elasticvision.runtime.gpu;

/**
 * A library of NVIDIA's that a part needs, and what brings it.
 *
 * @param fileName by which the system's loader finds it, such as {@code libcudart.so.13}
 * @param name what it is, such as {@code CUDA 13's runtime}
 * @param isLate whether the part is loaded without it and opens it when it is used
 * @param wheel PyPI's package with its version, as pip takes it
 * @param nvidiaPackage the package in NVIDIA's repository for Debian and Ubuntu
 */
public record GpuLibrary(String fileName, String name, boolean isLate, String wheel, String nvidiaPackage) {
    /** {@return what to install, one line without a full stop} */
    public String remedy() {
        return "install " + name + ": pip's " + wheel + ", or NVIDIA's package " + nvidiaPackage
                + ", where the system finds libraries (LD_LIBRARY_PATH; docs/gpu.md has one command for all)";
    }
}
