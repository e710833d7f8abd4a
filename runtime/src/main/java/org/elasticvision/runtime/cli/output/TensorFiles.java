package org.elasticvision.runtime.cli.output;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.io.npy.NpyArray;
import org.elasticvision.runtime.io.npy.NpyFile;
import picocli.CommandLine.Option;

/** The bare network from one NumPy file to another, to compare it with another implementation. */
public final class TensorFiles {
    private static final int RANK = 4;

    @Option(
            names = "--tensor",
            required = true,
            paramLabel = "IN.npy",
            description = "Instead of images: a prepared input, float32 [N, 3, H, W] or [3, H, W].")
    private Path tensor;

    @Option(
            names = "--logits",
            required = true,
            paramLabel = "OUT.npy",
            description = "Where to write the network's raw output, float32 [N, classes] or [N, classes, H, W].")
    private Path logits;

    /** Returns the output's shape. */
    public TensorShape run(Model<?> model) {
        NpyArray array = NpyFile.read(tensor);
        List<Integer> dimensions = new ArrayList<>(array.shape());
        if (dimensions.size() == RANK - 1) {
            dimensions.add(0, 1);
        }
        Tensor output = model.run(new Tensor(shape(dimensions), array.toFloats()));
        NpyFile.writeFloats(logits, output.values(), output.shape().toArray());
        return output.shape();
    }

    private TensorShape shape(List<Integer> dimensions) {
        try {
            return new TensorShape(dimensions);
        } catch (IllegalArgumentException e) {
            throw new ElasticVisionException(tensor + ": " + e.getMessage(), e);
        }
    }

    public Path tensor() {
        return tensor;
    }

    public Path logits() {
        return logits;
    }
}
