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
    /**
     * The processor, in ONNX Runtime or oneDNN: whichever is faster for the model, by speeds that were measured before and come with this
     * library. Never a GPU or a plug-in. Where oneDNN cannot be loaded, or does not know a model's operators, it is ONNX Runtime.
     * {@link Engine#choice()} says which was taken, and why.
     */
    public static final Provider AUTO = new Provider("auto");
    /** The processor, in ONNX Runtime. */
    public static final Provider CPU = new Provider("cpu");
    /** The processor, in oneDNN. */
    public static final Provider ONEDNN = new Provider("onednn");
    /** CUDA and cuDNN on an NVIDIA GPU, in ONNX Runtime. */
    public static final Provider CUDA = new Provider("cuda");
    /**
     * TensorRT on an NVIDIA GPU, in ONNX Runtime. It builds an engine when a batch of a new size is first run, which can take
     * minutes, and keeps it in the user's cache.
     */
    public static final Provider TENSORRT = new Provider("tensorrt");

    private static final String WORD = "[a-z][a-z0-9-]*";

    public Provider {
        if (!id.matches(WORD)) {
            throw new IllegalArgumentException("a provider '" + id + "' must be a word in small letters");
        }
    }

    /**
     * Finds one of an engine on the class path, or a plug-in that is installed.
     *
     * @param id the word for it
     * @return the provider
     * @throws ElasticVisionException where no engine has it, and no plug-in is found
     */
    public static Provider of(String id) {
        if (id.matches(WORD)) {
            EngineOptions asked = EngineOptions.defaults().withProvider(new Provider(id));
            if (EngineProvider.all().anyMatch(engine -> !engine.isFixed() && engine.runs(asked))) {
                return asked.provider();
            }
        }
        throw new ElasticVisionException("unknown provider '" + id + "': " + EngineSearch.useOneOf());
    }

    /** {@return all that can be asked for, of all engines on the class path; without plug-ins} */
    public static List<Provider> all() {
        return EngineSearch.choices();
    }

    /** As Java would make it for a record, which takes it ten milliseconds of a program's start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Provider provider && provider.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
