package org.elasticvision.convert.onnx.pass.int8;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.base.ConvWeights;
import org.elasticvision.convert.onnx.pass.base.GraphPass;

/**
 * Makes of several narrow groups of a convolution one of at least so many channels, with zeros where a channel does not see
 * another. It is more work, but quantized kernels do 16 channels in the time of 4. Convolutions of single channels, for which
 * there are kernels of their own, stay.
 */
public final class WidenGroups implements GraphPass {
    private static final int WIDTH = 16;

    @Override
    public void run(Graph graph) {
        for (Node conv : graph.nodes(OpType.CONV)) {
            long groups = conv.integer("group", 1);
            List<Long> shape = ConvWeights.weight(graph, conv).shape();
            long width = shape.get(1);
            if (groups > 1 && width > 1 && width < WIDTH) {
                widen(graph, conv, Math.toIntExact(groups), joined(groups, width));
            }
        }
        graph.removeUnusedInitializers();
    }

    /** How many groups become one: the fewest that reach the width and divide the groups; else all. */
    private static int joined(long groups, long width) {
        for (int joined = 2; joined < groups; joined++) {
            if (groups % joined == 0 && joined * width >= WIDTH) {
                return joined;
            }
        }
        return Math.toIntExact(groups);
    }

    private static void widen(Graph graph, Node conv, int groups, int joined) {
        Initializer.Floats narrow = ConvWeights.weight(graph, conv);
        List<Long> shape = new ArrayList<>(narrow.shape());
        shape.set(1, shape.get(1) * joined);
        int outputs = Math.toIntExact(shape.get(0));
        Initializer.Values wide = () -> widened(narrow.read(), outputs, outputs / groups, joined);
        Node replaced = ConvWeights.replace(
                graph, conv, shape, wide, ConvWeights.bias(graph, conv).map(Initializer.Floats::read));
        graph.replace(replaced.withAttribute("group", (long) (groups / joined)));
    }

    /** Puts the values of each output where its own group's inputs are among those of the joined groups. */
    private static float[] widened(float[] narrow, int outputs, int outputsPerGroup, int joined) {
        int length = narrow.length / outputs;
        float[] wide = new float[narrow.length * joined];
        for (int output = 0; output < outputs; output++) {
            int place = output / outputsPerGroup % joined;
            System.arraycopy(narrow, output * length, wide, (output * joined + place) * length, length);
        }
        return wide;
    }
}
