package org.elasticvision.convert.onnx.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticvision.convert.onnx.graph.ElementType;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Half;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.base.GraphPass;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * Brings a network to float16: its weights and what flows between its nodes. Its input and output stay float32, and so does what is
 * computed in float32 because float16 is too coarse for it (LogSoftmax, and what comes after it) or not allowed (the scales of
 * a Resize). A weight that is too large for float16 fails when the graph is written.
 */
final class HalfPrecision implements GraphPass {
    @Override
    public void run(Graph graph) {
        graph.become(new Rewrite(graph).convert());
    }

    private static final class Rewrite {
        private final Graph from;
        private final Graph to;
        /** The values that are float16 now. */
        private final Set<String> halves = new HashSet<>();
        /** The weights that a node takes in float16. */
        private final Set<String> halfWeights = new HashSet<>();

        Rewrite(Graph from) {
            this.from = from;
            this.to = new Graph(from.name(), from.input(), from.output());
        }

        Graph convert() {
            String image = from.input().name();
            Node first = cast(image + ".fp16", image, ElementType.FP16);
            to.add(first);
            halves.add(first.output());
            for (Node node : from.nodes()) {
                Node renamed = node.withInputs(node.inputs().stream()
                        .map(value -> value.equals(image) ? first.output() : value)
                        .toList());
                add(renamed);
            }
            from.initializers().forEach(initializer -> to.put(inPrecision(initializer)));
            return to;
        }

        private void add(Node node) {
            if (halves.contains(node.inputs().get(0)) && node.op() != OpType.LOG_SOFTMAX) {
                addInHalf(node);
            } else {
                addInFloat(node);
            }
        }

        private void addInHalf(Node node) {
            if (node.op() != OpType.RESIZE) {
                halfWeights.addAll(node.inputs());
            }
            if (from.isOutput(node.output())) {
                String half = node.name() + ".fp16";
                to.add(node.withOutput(half));
                to.add(cast(node.name() + ".fp32", half, ElementType.FP32).withOutput(node.output()));
            } else {
                to.add(node);
                halves.add(node.output());
            }
        }

        private void addInFloat(Node node) {
            List<String> inputs = new ArrayList<>();
            for (String value : node.inputs()) {
                inputs.add(halves.contains(value) ? inFloat(value) : value);
            }
            to.add(node.withInputs(inputs));
        }

        private String inFloat(String value) {
            String name = value + ".fp32";
            if (to.producer(name).isEmpty()) {
                to.add(cast(name, value, ElementType.FP32));
            }
            return name;
        }

        private Initializer inPrecision(Initializer initializer) {
            return initializer instanceof Initializer.Floats floats && halfWeights.contains(floats.name())
                    ? new Initializer.Floats(floats.name(), floats.shape(), () -> fitting(floats)).inHalf()
                    : initializer;
        }

        private static float[] fitting(Initializer.Floats floats) {
            float[] values = floats.read();
            for (float value : values) {
                if (!(Math.abs(value) <= Half.MAX)) {
                    throw new ElasticVisionException(floats.name() + " holds " + value
                            + ", which float16 cannot (65504 at most); convert this network to fp32");
                }
            }
            return values;
        }

        private static Node cast(String name, String value, ElementType type) {
            return Node.of(OpType.CAST, name, List.of(value), Map.of("to", (long) type.number()));
        }
    }
}
