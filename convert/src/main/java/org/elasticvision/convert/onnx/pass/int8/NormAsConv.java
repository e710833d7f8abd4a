package org.elasticvision.convert.onnx.pass.int8;

import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.base.GraphPass;
import org.elasticvision.convert.onnx.pass.base.NormScale;

/**
 * Makes a BatchNormalization that could not be folded a 1×1 convolution of each channel: ONNX Runtime has a quantized
 * convolution, but no quantized normalisation.
 */
public final class NormAsConv implements GraphPass {
    @Override
    public void run(Graph graph) {
        for (Node norm : graph.nodes(OpType.BATCH_NORMALIZATION)) {
            NormScale scale = NormScale.of(graph, norm);
            long channels = scale.channels();
            String weight = norm.name() + ".scale";
            String bias = norm.name() + ".shift";
            float[] scales = scale.scales();
            float[] shifts = scale.shifts();
            graph.put(new Initializer.Floats(weight, List.of(channels, 1L, 1L, 1L), scales::clone));
            graph.put(new Initializer.Floats(bias, List.of(channels), shifts::clone));
            Map<String, Object> attributes = Map.of("kernel_shape", List.of(1L, 1L), "group", channels);
            Node conv = Node.of(OpType.CONV, norm.name(), List.of(norm.inputs().get(0), weight, bias), attributes);
            graph.replace(conv.withOutput(norm.output()));
        }
        graph.removeUnusedInitializers();
    }
}
