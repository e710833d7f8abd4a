package org.elasticvision.convert.zoo.layer;

import java.util.List;
import org.elasticvision.convert.zoo.layer.TensorSpec.Role;

/**
 * Batch normalisation over the channels of NCHW.
 *
 * @param momentum how much of a batch's statistics goes into the running ones in training
 * @param updatedTwice whether the statistics take in each batch twice in training: the published code runs the layer again in
 *     the backward pass, and they move both times
 */
public record BatchNorm2d(String name, int channels, double epsilon, double momentum, boolean updatedTwice)
        implements Layer {
    /** What PyTorch uses unless told otherwise. */
    public static final double DEFAULT_EPSILON = 1e-5;

    /** What PyTorch uses unless told otherwise. */
    public static final double DEFAULT_MOMENTUM = 0.1;

    @Override
    public List<TensorSpec> tensors() {
        List<Long> perChannel = List.of((long) channels);
        return List.of(
                new TensorSpec(weight(), perChannel, Role.WEIGHT, new Init.Constant(1)),
                new TensorSpec(bias(), perChannel, Role.BIAS),
                new TensorSpec(runningMean(), perChannel, Role.RUNNING_MEAN),
                new TensorSpec(runningVar(), perChannel, Role.RUNNING_VAR, new Init.Constant(1)),
                new TensorSpec(numBatchesTracked(), List.of(), Role.NUM_BATCHES_TRACKED));
    }

    /** {@return the key of the running mean} */
    public String runningMean() {
        return name + ".running_mean";
    }

    /** {@return the key of the number of batches seen} */
    public String numBatchesTracked() {
        return name + ".num_batches_tracked";
    }

    /** {@return the key of the running variance} */
    public String runningVar() {
        return name + ".running_var";
    }
}
