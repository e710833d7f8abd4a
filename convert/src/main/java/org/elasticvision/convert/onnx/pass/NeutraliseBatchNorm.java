package org.elasticvision.convert.onnx.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.base.GraphPass;
import org.elasticvision.convert.onnx.pass.base.NormScale;

/**
 * Gives each BatchNormalization that is left the mean 0, the variance 1 and the epsilon 0, and its scale and shift what that
 * needs. Small variances do not fit narrow formats; the scales that they make mostly do.
 */
final class NeutraliseBatchNorm implements GraphPass {
    @Override
    public void run(Graph graph) {
        for (Node norm : graph.nodes(OpType.BATCH_NORMALIZATION)) {
            NormScale scale = NormScale.of(graph, norm);
            List<String> inputs = new ArrayList<>(List.of(norm.inputs().get(0)));
            inputs.add(put(graph, norm.name() + ".scale", scale.scales()));
            inputs.add(put(graph, norm.name() + ".shift", scale.shifts()));
            float[] ones = new float[scale.channels()];
            Arrays.fill(ones, 1);
            inputs.add(put(graph, "zeros_" + ones.length, new float[ones.length]));
            inputs.add(put(graph, "ones_" + ones.length, ones));
            graph.replace(norm.withInputs(inputs).withAttribute("epsilon", 0f));
        }
        graph.removeUnusedInitializers();
    }

    private static String put(Graph graph, String name, float[] values) {
        graph.put(new Initializer.Floats(name, List.of((long) values.length), values::clone));
        return name;
    }
}
