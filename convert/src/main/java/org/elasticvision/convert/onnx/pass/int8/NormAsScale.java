package org.elasticvision.convert.onnx.pass.int8;

import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.base.GraphPass;
import org.elasticvision.convert.onnx.pass.base.NormScale;

/** Makes a BatchNormalization that could not be folded a multiplication and an addition: half the numbers to keep. */
public final class NormAsScale implements GraphPass {
    @Override
    public void run(Graph graph) {
        for (Node norm : graph.nodes(OpType.BATCH_NORMALIZATION)) {
            NormScale scale = NormScale.of(graph, norm);
            String scales = put(graph, norm.name() + ".scale", scale.scales());
            String shifts = put(graph, norm.name() + ".shift", scale.shifts());
            Node scaled = Node.of(
                    OpType.MUL, norm.name() + ".scaled", List.of(norm.inputs().get(0), scales), Map.of());
            graph.insertBefore(norm, scaled);
            graph.replace(Node.of(OpType.ADD, norm.name(), List.of(scaled.output(), shifts), Map.of())
                    .withOutput(norm.output()));
        }
        graph.removeUnusedInitializers();
    }

    private static String put(Graph graph, String name, float[] values) {
        graph.put(new Initializer.Floats(name, List.of((long) values.length, 1L, 1L), values::clone));
        return name;
    }
}
