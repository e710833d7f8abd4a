package org.elasticvision.runtime.engine;

import java.util.List;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * What runs a model, by the name that {@code --provider} has for it. Each engine says which it has
 * ({@link EngineProvider#providers()}); below are those that come with this library. A TensorRT engine file always runs in TensorRT, whatever is
 * asked for.
 *
 * @param id the word for it on the command line, in small letters
 */
public record Provider(String id) {
    /** The processor, in ONNX Runtime. */
    public static final Provider CPU = new Provider("cpu");
    /** The processor, in oneDNN: the fastest on x86. */
    public static final Provider ONEDNN = new Provider("onednn");
    /** CUDA and cuDNN on an NVIDIA GPU, in ONNX Runtime. */
    public static final Provider CUDA = new Provider("cuda");
    /**
     * TensorRT on an NVIDIA GPU, in ONNX Runtime. It builds an engine when a batch of a new size is first run, which can take
     * minutes, and keeps it in the user's cache.
     */
    public static final Provider TENSORRT = new Provider("tensorrt");

    public Provider {
        if (!id.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("a provider '" + id + "' must be a word in small letters");
        }
    }

    /**
     * Finds one of an engine on the class path.
     *
     * @param id the word for it
     * @return the provider
     * @throws ElasticVisionException where no engine has it
     */
    public static Provider of(String id) {
        return all().stream()
                .filter(provider -> provider.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new ElasticVisionException("unknown provider '" + id + "': " + EngineSearch.useOneOf()));
    }

    /** {@return all that can be asked for, of all engines on the class path} */
    public static List<Provider> all() {
        return EngineSearch.choices();
    }

    @Override
    public String toString() {
        return id;
    }
}
