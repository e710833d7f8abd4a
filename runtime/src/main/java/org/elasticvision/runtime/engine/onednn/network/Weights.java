package org.elasticvision.runtime.engine.onednn.network;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.elasticvision.runtime.onnx.OnnxTensor;

/**
 * Weights of a layer, read from the file when they are packed: numbers, or signed 8-bit codes without zero points with a scale per
 * output channel. Immutable.
 *
 * @param source the output channels come first
 * @param scales of codes, one per output channel; empty where these are numbers
 * @param factors by which the output channels are multiplied besides, as a folded batch normalisation does; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, if at all
public record Weights(Source source, Optional<float[]> scales, float[] factors) {
    /** Where weights come from. */
    public sealed interface Source permits Stored, Made {
        /** {@return the lengths of the dimensions} */
        long[] shape();
    }

    /** In a file. */
    public record Stored(OnnxTensor tensor) implements Source {
        @Override
        public long[] shape() {
            return tensor.shape();
        }
    }

    /** Worked out. */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity, if at all
    public record Made(long[] shape, float[] values) implements Source {}

    /** {@return the lengths of the dimensions, output channels first} */
    public long[] shape() {
        return source.shape();
    }

    /** {@return how many output channels they have} */
    public int outputs() {
        return (int) shape()[0];
    }

    /** {@return whether they are 8-bit codes} */
    public boolean isQuantized() {
        return scales.isPresent();
    }

    /** {@return the scale of each output channel's codes} */
    public float[] codeScales() {
        float[] all = scales.orElseThrow().clone();
        for (int i = 0; i < all.length; i++) {
            all[i] *= factor(i);
        }
        return all;
    }

    /** {@return the codes, a new array} */
    public byte[] codes() {
        if (source instanceof Stored stored) {
            ByteBuffer bytes = stored.tensor.bytes();
            byte[] codes = new byte[bytes.remaining()];
            bytes.get(codes);
            return codes;
        }
        float[] values = ((Made) source).values;
        byte[] codes = new byte[values.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) values[i];
        }
        return codes;
    }

    /** {@return the numbers that they stand for, a new array} */
    public float[] floats() {
        float[] values = source instanceof Stored stored ? stored.tensor.floats() : ((Made) source).values.clone();
        int each = outputs() == 0 ? 0 : values.length / outputs();
        for (int output = 0; output < outputs(); output++) {
            float factor = factor(output) * (isQuantized() ? scales.orElseThrow()[output] : 1);
            if (factor != 1) {
                for (int i = output * each; i < (output + 1) * each; i++) {
                    values[i] *= factor;
                }
            }
        }
        return values;
    }

    private float factor(int output) {
        return factors == null ? 1 : factors[output];
    }

    Weights times(float... more) {
        float[] product = more.clone();
        for (int i = 0; i < product.length; i++) {
            product[i] *= factor(i);
        }
        return new Weights(source, scales, product);
    }
}
