package org.elasticvision.convert.compare;

/**
 * How far a value inside a network is from what it should be.
 *
 * @param name of the node that makes it
 * @param operator ONNX's name of what makes it
 * @param signalToNoise the power of the values over that of the errors, in dB; infinite where they are equal, negative where
 *     the errors are larger than the values
 */
public record LayerError(String name, String operator, double signalToNoise) {
    /** Below this an error is more than a third of the values' size, and a value is hardly told any more. */
    public static final double BAD = 10;

    /** {@return whether so little of the value is left that the layer is to blame, or one before it} */
    public boolean isBad() {
        return !(signalToNoise >= BAD);
    }
}
