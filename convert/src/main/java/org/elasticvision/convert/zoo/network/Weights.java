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

    /**
     * Reads a tensor for training in float64, or a counter: exactly, where the source keeps more than float32 has.
     *
     * @param name as in {@link #read}
     * @return the values in row-major order, in an array of the caller's own; where the source has float32, those
     */
    default double[] readDoubles(String name) {
        float[] values = read(name);
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
