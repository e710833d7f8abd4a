package org.elasticvision.runtime.engine.onednn.network;

import java.util.Arrays;
import java.util.Optional;

/**
 * What flows from one step to others: channels, height and width of one image's part, or channels alone. Compared by identity.
 * Immutable but for its quantization, which is set while the network is read.
 */
public final class Value {
    private final String name;
    private final int[] shape;
    private Quantization quantization;

    /**
     * In numbers, not codes.
     *
     * @param name in the file, for messages
     * @param shape {@code [C, H, W]} or {@code [C]}
     */
    public Value(String name, int... shape) {
        this.name = name;
        this.shape = shape.clone();
    }

    /** {@return its name in the file, for messages} */
    public String name() {
        return name;
    }

    /** {@return {@code [C, H, W]} or {@code [C]}, a copy} */
    public int[] shape() {
        return shape.clone();
    }

    /** {@return how many channels it has} */
    public int channels() {
        return shape[0];
    }

    /** {@return its height, 1 for a vector} */
    public int height() {
        return isVector() ? 1 : shape[1];
    }

    /** {@return its width, 1 for a vector} */
    public int width() {
        return isVector() ? 1 : shape[2];
    }

    /** {@return whether it has channels alone} */
    public boolean isVector() {
        return shape.length == 1;
    }

    /** {@return elements of one image's part} */
    public int elements() {
        return channels() * height() * width();
    }

    /** {@return whether it is as large as another} */
    public boolean hasShapeOf(Value other) {
        return Arrays.equals(shape, other.shape);
    }

    /** {@return how its codes stand for numbers; empty where it is not in 8 bits} */
    public Optional<Quantization> quantization() {
        return Optional.ofNullable(quantization);
    }

    /**
     * Has it in codes; only while a network is read.
     *
     * @param how they stand for numbers
     */
    public void quantize(Quantization how) {
        quantization = how;
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }
}
