package org.elasticvision.runtime.engine.onednn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.onednn.natives.OneDnn;
import org.elasticvision.runtime.engine.onednn.natives.PackedWeights;
import org.elasticvision.runtime.engine.onednn.natives.Precision;
import org.elasticvision.runtime.io.sealed.MadeOfModels;
import org.elasticvision.runtime.onnx.ModelContent;

/**
 * A folder of packed weights, for one version of oneDNN and one processor. They are mapped into memory: opening a model again packs
 * nothing, and processes that run it share its weights. The folder only saves time: whatever is wrong with it, weights are packed anew.
 */
final class KeptWeights {
    /** Goes up with each change of what is kept. */
    private static final int FORMAT = 1;

    private final MadeOfModels kept;
    private final Optional<String> name;

    private KeptWeights(MadeOfModels kept, Optional<String> name) {
        this.kept = kept;
        this.name = name;
    }

    /**
     * Looks where the weights of a model are kept.
     *
     * @param folder empty to keep none
     */
    static KeptWeights of(Optional<Path> folder, Path model, Precision precision) {
        if (folder.isEmpty()) {
            return new KeptWeights(null, Optional.empty());
        }
        MadeOfModels kept = new MadeOfModels(folder.get(), ".dnnl");
        try {
            return new KeptWeights(
                    kept,
                    kept.name(
                            ModelContent.files(model),
                            "oneDNN " + FORMAT,
                            OneDnn.version(),
                            OneDnn.instructions(),
                            precision.name()));
        } catch (IOException | UncheckedIOException | ElasticVisionException e) {
            return new KeptWeights(kept, Optional.empty());
        }
    }

    /** {@return what is there, or none yet} */
    PackedWeights weights() {
        if (name.isPresent()) {
            try {
                Optional<ByteBuffer> bytes = kept.map(name.get());
                if (bytes.isPresent()) {
                    PackedWeights weights = new PackedWeights(bytes.get());
                    kept.markAsUsed(name.get());
                    return weights;
                }
            } catch (IOException e) {
                // they are packed anew
            }
        }
        return new PackedWeights();
    }

    /** Keeps weights for the next time, if some were packed now. */
    void keep(PackedWeights weights) {
        if (name.isPresent() && weights.hasNew()) {
            try {
                kept.delete(name.get());
                kept.<RuntimeException>make(name.get(), file -> {
                    weights.write(file);
                    return true;
                });
            } catch (IOException | UncheckedIOException e) {
                // the next opening packs them again
            }
        }
    }
}
