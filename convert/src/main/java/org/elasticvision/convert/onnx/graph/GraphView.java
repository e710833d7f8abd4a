package org.elasticvision.convert.onnx.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An ONNX graph as it is, of any operators and with any number of inputs and outputs; read-only. A file of any origin gives
 * one, and so does a {@link Graph}, which is for our own networks and can be changed.
 *
 * @param declared what the file says of values inside
 */
public record GraphView(
        List<Port> inputs, List<Port> outputs, List<Port> declared, List<Tensor> initializers, List<Node> nodes) {
    public GraphView {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        declared = List.copyOf(declared);
        initializers = List.copyOf(initializers);
        nodes = List.copyOf(nodes);
    }

    /**
     * What is said of a value.
     *
     * @param type empty where it is not said or the value is not a tensor
     * @param dimensions sizes, or a name (or nothing) for one that is chosen at run time; empty where nothing is said of them
     */
    public record Port(String name, Optional<ElementType> type, Optional<List<String>> dimensions) {}

    /**
     * A constant.
     *
     * @param type empty for one that is not known here
     * @param shape empty for a scalar
     * @param numbers its elements, read anew with each call; empty where they are not numbers or are in another file
     */
    public record Tensor(
            String name, Optional<ElementType> type, List<Long> shape, Supplier<Optional<double[]>> numbers) {
        public Tensor {
            shape = List.copyOf(shape);
        }
    }

    /**
     * A node.
     *
     * @param domain of the operator; empty for ONNX's own
     * @param name its name in the file, else that of its first output
     * @param inputs empty names for inputs that are left out
     * @param outputs likewise
     * @param attributes {@link Long}, {@link Float}, {@link String}, {@link Tensor}, {@link GraphView} or a {@link List} of one
     *     of these; {@link Optional#empty()} for a kind that is not read
     */
    public record Node(
            String domain,
            String operator,
            String name,
            List<String> inputs,
            List<String> outputs,
            Map<String, Object> attributes) {
        public Node {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            attributes = Map.copyOf(attributes);
        }

        /**
         * {@return an attribute, if it is there and of that kind}
         *
         * @param <T> the kind
         * @param attribute the attribute's name
         * @param kind the class of its value
         */
        public <T> Optional<T> attribute(String attribute, Class<T> kind) {
            return Optional.ofNullable(attributes.get(attribute))
                    .filter(kind::isInstance)
                    .map(kind::cast);
        }

        /**
         * {@return an attribute that is a list, if it is there}
         *
         * @param attribute the attribute's name
         */
        public Optional<List<?>> list(String attribute) {
            return attributes.get(attribute) instanceof List<?> list ? Optional.of(list) : Optional.empty();
        }

        /** {@return the graphs among the attributes: branches and loop bodies} */
        public List<GraphView> bodies() {
            return attributes.values().stream()
                    .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
                    .filter(GraphView.class::isInstance)
                    .map(GraphView.class::cast)
                    .toList();
        }
    }

    /** One of ours. */
    static GraphView of(Graph graph) {
        return new GraphView(
                List.of(port(graph.input())),
                List.of(port(graph.output())),
                List.of(),
                graph.initializers().stream().map(GraphView::tensor).toList(),
                graph.nodes().stream().map(GraphView::node).toList());
    }

    private static Port port(Graph.Port port) {
        return new Port(port.name(), Optional.of(ElementType.FP32), Optional.of(port.dimensions()));
    }

    private static Tensor tensor(Initializer initializer) {
        return new Tensor(
                initializer.name(),
                Optional.of(initializer.type()),
                initializer.shape(),
                () -> Optional.of(initializer.numbers()));
    }

    private static Node node(org.elasticvision.convert.onnx.graph.Node node) {
        return new Node(
                "", node.op().onnxName(), node.name(), node.inputs(), List.of(node.output()), node.attributes());
    }
}
