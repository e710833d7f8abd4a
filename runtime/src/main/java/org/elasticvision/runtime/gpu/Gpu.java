package org.elasticvision.runtime.gpu;

import org.bytedeco.javacpp.Loader;

/**
 * An NVIDIA GPU, as CUDA describes it.
 *
 * @param name such as {@code NVIDIA H100 80GB HBM3}
 * @param major of its compute capability, such as 9 of 9.0
 * @param minor of its compute capability
 * @param memoryBytes its whole memory
 */
public record Gpu(String name, int major, int minor, long memoryBytes) {
    public Gpu {
        if (name.isBlank() || major < 1 || minor < 0 || memoryBytes < 0) {
            throw new IllegalArgumentException(
                    "a GPU '" + name + "' of compute capability " + major + "." + minor + " cannot be");
        }
    }

    /** {@return whether there can be NVIDIA's GPUs on this platform} */
    public static boolean arePossible() {
        return Loader.getPlatform().startsWith("linux") || Loader.getPlatform().startsWith("windows");
    }

    /**
     * Such as {@code 9.0}.
     *
     * @return the compute capability
     */
    public String computeCapability() {
        return major + "." + minor;
    }
}
