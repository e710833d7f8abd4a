package org.elasticvision.convert.zoo.network;

/** Where the values of a network's tensors come from: a checkpoint, or a training run. */
@FunctionalInterface
public interface Weights {
    /**
     * Reads a tensor.
     *
     * @param name its key in the state dict, without {@code module.}
     * @return the values in row-major order, in an array of the caller's own
     */
    float[] read(String name);
}
