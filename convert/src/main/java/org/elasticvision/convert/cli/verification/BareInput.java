package org.elasticvision.convert.cli.verification;

import java.nio.file.Path;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.io.npy.NpyArray;
import org.elasticvision.runtime.io.npy.NpyFile;

/** An input that was prepared elsewhere, from a NumPy file. Stateless. */
public final class BareInput {
    private BareInput() {}

    /**
     * {@return the tensor}
     *
     * @param file a .npy file, whose first dimension is the batch
     * @throws ElasticVisionException if it cannot be read, or cannot be an input
     */
    public static Tensor read(Path file) {
        NpyArray array = NpyFile.read(file);
        try {
            return new Tensor(new TensorShape(array.shape()), array.toFloats());
        } catch (IllegalArgumentException e) {
            throw new ElasticVisionException(file + ": " + e.getMessage() + "; give the input of the network", e);
        }
    }
}
