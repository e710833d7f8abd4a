package org.elasticvision.convert.compare;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.convert.onnx.ObservedModel;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.View;

/**
 * The values inside two models of one network for the same images. Where the second has a value in 8 bits, these are looked at,
 * so that it computes as it does unobserved. Not thread-safe; owns native memory.
 */
public final class LayerComparison implements AutoCloseable {
    /** A value in both models, how it is told in the second, and what has been summed up. */
    private static final class Pair {
        private final Node node;
        private final String observed;
        private final float scale;
        private final int zeroPoint;
        private double signal;
        private double noise;

        Pair(Node node, String observed, float scale, int zeroPoint) {
            this.node = node;
            this.observed = observed;
            this.scale = scale;
            this.zeroPoint = zeroPoint;
        }

        void add(float[] expected, float[] actual) {
            for (int i = 0; i < expected.length; i++) {
                double error = (double) expected[i] - (actual[i] - zeroPoint) * scale;
                signal += (double) expected[i] * expected[i];
                noise += error * error;
            }
        }

        LayerError error() {
            double ratio = noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
            return new LayerError(node.name(), node.op().onnxName(), ratio);
        }
    }

    private final List<Pair> pairs;
    private final ObservedModel expected;
    private final ObservedModel actual;
    private final Preprocessor preprocessor;
    private final Orientation orientation;
    private final TensorShape shape;

    /**
     * Opens both.
     *
     * @param expected the model in float32
     * @param actual one that was made of it
     * @param preprocessing from an image to the input of the network; where it names no view of photos, they are seen as
     *     stored
     */
    public LayerComparison(OnnxModel expected, OnnxModel actual, Preprocessing preprocessing) {
        this.preprocessor = new Preprocessor(preprocessing);
        this.orientation = Orientation.of(preprocessing.view().or(View.STORED));
        this.shape = new TensorShape(
                List.of(expected.fixedBatch().orElse(1), 3, preprocessing.height(), preprocessing.width()));
        this.pairs = pairs(expected.graph(), actual.graph());
        this.expected = ObservedModel.open(
                expected, pairs.stream().map(pair -> pair.node.output()).toList());
        try {
            this.actual = ObservedModel.open(
                    actual, pairs.stream().map(pair -> pair.observed).toList());
        } catch (RuntimeException e) {
            this.expected.close();
            throw e;
        }
    }

    private static List<Pair> pairs(Graph expected, Graph actual) {
        List<Pair> pairs = new ArrayList<>();
        for (Node node : expected.nodes()) {
            String value = node.output();
            if (expected.isOutput(value) || expected.isFollowedByRelu(node)) {
                continue; // the first is looked at as a whole, the others would no longer be fused if they were looked
                // at
            }
            actual.quantized(value)
                    .map(quantize ->
                            new Pair(node, quantize.output(), scale(actual, quantize), zeroPoint(actual, quantize)))
                    .or(() -> actual.producer(value).map(same -> new Pair(node, value, 1, 0)))
                    .ifPresent(pairs::add);
        }
        return pairs;
    }

    private static float scale(Graph graph, Node quantize) {
        return graph.weights(quantize.inputs().get(1)).read()[0];
    }

    private static int zeroPoint(Graph graph, Node quantize) {
        Initializer.Bytes zero =
                (Initializer.Bytes) graph.initializer(quantize.inputs().get(2));
        byte code = zero.values().get()[0];
        return zero.signed() ? code : Byte.toUnsignedInt(code);
    }

    /**
     * Looks at an image.
     *
     * @param image the image
     * @throws org.elasticvision.runtime.base.ImageException if it cannot be decoded
     */
    public void add(ImageSource image) {
        FloatBuffer input = DirectBuffers.floats(shape.batch() * preprocessor.elementCount());
        for (int i = 0; i < shape.batch(); i++) {
            preprocessor.write(image.decode(orientation), input, i * preprocessor.elementCount());
        }
        List<float[]> values = new ArrayList<>();
        expected.run(input, shape, (index, value) -> values.add(value));
        actual.run(input, shape, (index, value) -> {
            pairs.get(index).add(values.get(index), value);
            values.set(index, null);
        });
    }

    /** {@return the errors so far, in the order of the network} */
    public List<LayerError> errors() {
        return pairs.stream().map(Pair::error).toList();
    }

    @Override
    public void close() {
        expected.close();
        actual.close();
    }
}
