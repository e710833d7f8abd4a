package org.elasticvision.convert.onnx.pass.base;

import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.runtime.base.ElasticVisionException;

/** What a BatchNormalization does to each channel: {@code x * scale + shift}. In double, to be rounded once. */
public final class NormScale {
    private final double[] scale;
    private final double[] shift;

    private NormScale(double[] scale, double[] shift) {
        this.scale = scale;
        this.shift = shift;
    }

    /**
     * Computes it.
     *
     * @throws ElasticVisionException if float32 cannot hold it
     */
    public static NormScale of(Graph graph, Node norm) {
        float[] gamma = graph.weights(norm.inputs().get(1)).read();
        float[] beta = graph.weights(norm.inputs().get(2)).read();
        float[] mean = graph.weights(norm.inputs().get(3)).read();
        float[] variance = graph.weights(norm.inputs().get(4)).read();
        double epsilon =
                (Float) norm.attributes().getOrDefault("epsilon", 1e-5f); // what ONNX says where a file does not
        double[] scale = new double[gamma.length];
        double[] shift = new double[gamma.length];
        for (int c = 0; c < scale.length; c++) {
            scale[c] = gamma[c] / Math.sqrt(variance[c] + epsilon);
            shift[c] = beta[c] - mean[c] * scale[c];
            if (!Float.isFinite((float) scale[c]) || !Float.isFinite((float) shift[c])) {
                throw new ElasticVisionException(
                        norm.name() + " multiplies channel " + c + " by " + scale[c] + " and adds " + shift[c]
                                + ", which float32 cannot hold; the checkpoint is damaged: use another one");
            }
        }
        return new NormScale(scale, shift);
    }

    public double[] scale() {
        return scale;
    }

    public double[] shift() {
        return shift;
    }

    public int channels() {
        return scale.length;
    }

    /** The scales, rounded. */
    public float[] scales() {
        return rounded(scale);
    }

    /** The shifts, rounded. */
    public float[] shifts() {
        return rounded(shift);
    }

    private static float[] rounded(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
