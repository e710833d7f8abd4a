package org.elasticvision.runtime.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;

/** What runs an ONNX model. A TensorRT engine file always runs in TensorRT, whatever is asked for. */
public enum Provider {
    /** The processor. */
    CPU,
    /** CUDA and cuDNN, on an NVIDIA GPU. */
    CUDA,
    /**
     * TensorRT, on an NVIDIA GPU. It builds an engine when a batch of a new size is first run, which can take minutes, and
     * keeps it in the user's cache.
     */
    TENSORRT;

    /** {@return the word for it on the command line} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds one by its {@link #id()}.
     *
     * @param id the word for it
     * @return the provider
     */
    public static Provider of(String id) {
        for (Provider provider : values()) {
            if (provider.id().equals(id)) {
                return provider;
            }
        }
        throw new ElasticVisionException("unknown provider '" + id + "': use one of "
                + Arrays.stream(values()).map(Provider::id).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return id();
    }
}
