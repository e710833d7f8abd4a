package org.elasticvision.convert.quantize.qdq;

/** The weights of a layer in 8 bits: {@code weight = code * scale} with a scale per output channel. */
final class QuantizedWeights {
    private static final int FULL = 127;
    private static final int SEVEN_BITS = 63;
    private static final int PAIR = 128;
    /** Where a channel has no weights but 0. */
    private static final float SCALE_OF_NOTHING = 1f / FULL;

    private final float[] weights;
    private final int length;
    private final int positions;
    private final Int8Weights form;
    private final byte[] codes;
    private final float[] scales;

    private QuantizedWeights(float[] weights, int outputs, int positions, Int8Weights form) {
        this.weights = weights;
        this.length = weights.length / outputs;
        this.positions = positions;
        this.form = form;
        this.codes = new byte[weights.length];
        this.scales = new float[outputs];
    }

    /**
     * Quantizes.
     *
     * @param weights {@code [outputs, inputs, positions]}; positions are those of a kernel, 1 for a matrix
     * @param leastScales of the outputs, which their biases need
     */
    static QuantizedWeights of(float[] weights, int outputs, int positions, Int8Weights form, float[] leastScales) {
        QuantizedWeights quantized = new QuantizedWeights(weights, outputs, positions, form);
        for (int output = 0; output < outputs; output++) {
            quantized.scales[output] = Math.max(leastScales[output], quantized.scale(output));
            quantized.quantize(output);
        }
        return quantized;
    }

    /** In the order of the weights. */
    byte[] codes() {
        return codes;
    }

    /** One per output. */
    float[] scales() {
        return scales;
    }

    /** Whether all codes are the same. */
    boolean isUniform() {
        for (byte code : codes) {
            if (code != codes[0]) {
                return false;
            }
        }
        return true;
    }

    /** Whether all scales are the same. */
    boolean hasOneScale() {
        for (float scale : scales) {
            if (scale != scales[0]) {
                return false;
            }
        }
        return true;
    }

    private float scale(int output) {
        float largest = 0;
        float largestPair = 0;
        for (int i = output * length; i < (output + 1) * length; i++) {
            largest = Math.max(largest, Math.abs(weights[i]));
            int neighbour = form == Int8Weights.PAIR_SAFE ? neighbour(i) : -1;
            if (neighbour >= 0 && weights[i] * weights[neighbour] > 0) {
                largestPair = Math.max(largestPair, Math.abs(weights[i] + weights[neighbour]));
            }
        }
        float scale =
                switch (form) {
                    case FULL -> largest / FULL;
                    case SEVEN_BITS -> largest / SEVEN_BITS;
                    case PAIR_SAFE -> Math.max(largest / FULL, largestPair / PAIR);
                };
        return scale >= Float.MIN_NORMAL ? scale : SCALE_OF_NOTHING;
    }

    private void quantize(int output) {
        int limit = form == Int8Weights.SEVEN_BITS ? SEVEN_BITS : FULL;
        int end = (output + 1) * length;
        for (int i = output * length; i < end; i++) {
            codes[i] = (byte) Math.max(-limit, Math.min(limit, Math.rint(weights[i] / scales[output])));
        }
        if (form == Int8Weights.PAIR_SAFE) {
            for (int i = output * length; i < end; i++) {
                if (neighbour(i) >= 0) {
                    repair(i, neighbour(i), scales[output]);
                }
            }
        }
    }

    /** Rounding up both of a pair can make their sum 1 too large: the one that was rounded further gives in. */
    private void repair(int a, int b, float scale) {
        if (Math.abs(codes[a] + codes[b]) > PAIR) {
            float excessOfA = Math.abs(codes[a]) - Math.abs(weights[a] / scale);
            float excessOfB = Math.abs(codes[b]) - Math.abs(weights[b] / scale);
            int given = excessOfA > excessOfB ? a : b;
            codes[given] -= (byte) Integer.signum(codes[given]);
        }
    }

    /** What an even input's weight is summed with: the next input's at the same position; -1 for an odd or lonely one. */
    private int neighbour(int index) {
        int within = index % length;
        boolean even = within / positions % 2 == 0;
        return even && within + positions < length ? index + positions : -1;
    }
}
