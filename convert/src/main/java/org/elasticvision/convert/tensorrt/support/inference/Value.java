package org.elasticvision.convert.tensorrt.support.inference;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.convert.onnx.graph.ElementType;
import org.elasticvision.convert.onnx.graph.GraphView;

/**
 * What is known of a value of a graph before it runs.
 *
 * @param type empty where it is not known
 * @param rank empty where it is not known
 * @param open whether a dimension is known to be chosen at run time
 * @param constant whether it depends on no input
 * @param tensor its elements, for initializers and what is made of them without a change
 * @param port whether it is an input of the whole network
 */
public record Value(
        Optional<ElementType> type,
        OptionalInt rank,
        boolean open,
        boolean constant,
        Optional<GraphView.Tensor> tensor,
        boolean port) {
    static final Value UNKNOWN =
            new Value(Optional.empty(), OptionalInt.empty(), false, false, Optional.empty(), false);

    /** As a file declares it. */
    public static Value of(GraphView.Port port) {
        Optional<List<String>> dimensions = port.dimensions();
        return new Value(
                port.type(),
                dimensions.map(sizes -> OptionalInt.of(sizes.size())).orElse(OptionalInt.empty()),
                dimensions.stream().flatMap(List::stream).anyMatch(size -> !size.matches("\\d+")),
                false,
                Optional.empty(),
                false);
    }

    static Value of(GraphView.Tensor tensor) {
        return new Value(tensor.type(), OptionalInt.of(tensor.shape().size()), false, true, Optional.of(tensor), false);
    }

    /** A value of a type and a rank. */
    static Value of(Optional<ElementType> type, OptionalInt rank) {
        return new Value(type, rank, false, false, Optional.empty(), false);
    }

    /** The same, as an input of the network. */
    Value asPort() {
        return new Value(type, rank, open, constant, tensor, true);
    }

    /** The same, as a constant with or without known elements. */
    Value asConstant(Optional<GraphView.Tensor> elements) {
        return new Value(type, rank, open, true, elements, port);
    }

    /** This, and where it says nothing the other. */
    public Value or(Value other) {
        return new Value(
                type.or(other::type),
                rank.isPresent() ? rank : other.rank(),
                open || other.open(),
                constant,
                tensor,
                port);
    }

    /** How many elements a vector of known length has. */
    OptionalInt length() {
        return tensor.filter(vector -> vector.shape().size() == 1)
                .map(vector -> OptionalInt.of(Math.toIntExact(vector.shape().get(0))))
                .orElse(OptionalInt.empty());
    }

    /** The elements, where they are known. */
    public Optional<double[]> numbers() {
        return tensor.flatMap(known -> known.numbers().get());
    }
}
