package org.elasticvision.convert.onnx.pass.int8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.graph.Channels;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.base.GraphPass;

/**
 * Makes an average pooling a convolution of each channel with equal weights. ONNX Runtime's quantized average pooling on the
 * CPU is slow, its quantized convolution is not.
 */
public final class PoolAsConv implements GraphPass {
    @Override
    public void run(Graph graph) {
        Channels channels = new Channels(graph);
        for (Node pool : graph.nodes(OpType.AVERAGE_POOL)) {
            List<Long> kernel = pool.integers("kernel_shape", List.of());
            long size = kernel.stream().reduce(1L, Math::multiplyExact);
            if (size > 1) {
                replace(graph, pool, channels.of(pool.inputs().get(0)), kernel, size);
            }
        }
    }

    private static void replace(Graph graph, Node pool, long channels, List<Long> kernel, long size) {
        float[] values = new float[Math.toIntExact(channels * size)];
        Arrays.fill(values, 1f / size);
        String weight = "average_" + channels + "_" + kernel.get(0) + "_" + kernel.get(1);
        graph.put(new Initializer.Floats(weight, List.of(channels, 1L, kernel.get(0), kernel.get(1)), values::clone));
        Map<String, Object> attributes = Map.of(
                "kernel_shape", kernel,
                "strides", pool.integers("strides", List.of(1L, 1L)),
                "group", channels);
        Node conv = Node.of(OpType.CONV, pool.name(), List.of(pool.inputs().get(0), weight), attributes);
        graph.replace(conv.withOutput(pool.output()));
    }
}
