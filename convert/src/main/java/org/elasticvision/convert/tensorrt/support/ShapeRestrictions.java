package org.elasticvision.convert.tensorrt.support;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.elasticvision.convert.onnx.graph.GraphView;
import org.elasticvision.convert.tensorrt.support.inference.CheckedNode;
import org.elasticvision.convert.tensorrt.support.inference.Value;

/** Restrictions that look at the shapes of several values of a node. */
final class ShapeRestrictions {
    private static final int SCALES = 2;

    private ShapeRestrictions() {}

    /** A kernel of so many dimensions. */
    static Restriction spatial(List<Integer> allowed) {
        return node -> {
            OptionalInt dimensions = spatialDimensions(node);
            return dimensions.isEmpty() || allowed.contains(dimensions.getAsInt())
                    ? Optional.empty()
                    : Optional.of(new Restriction.Violation(
                            "is over " + dimensions.getAsInt()
                                    + (dimensions.getAsInt() == 1 ? " dimension" : " dimensions") + ", which must be "
                                    + Words.or(allowed),
                            "reshape its input around it"));
        };
    }

    private static OptionalInt spatialDimensions(CheckedNode node) {
        Optional<Integer> dimensions = node.node().list("kernel_shape").map(kernel -> kernel.size());
        if (dimensions.isPresent()) {
            return OptionalInt.of(dimensions.get());
        }
        OptionalInt rank = node.input(0).rank(); // batch, channels, and so many more
        return rank.isPresent() ? OptionalInt.of(rank.getAsInt() - 2) : rank;
    }

    /** Scales that are computed must be for all dimensions. */
    static Optional<Restriction.Violation> resizeAxes(CheckedNode node) {
        Optional<List<?>> axes = node.node().list("axes");
        if (axes.isEmpty() || !node.hasInput(SCALES) || node.input(SCALES).constant()) {
            return Optional.empty();
        }
        List<Long> all = IntStream.range(
                        0, node.input(0).rank().orElse(axes.get().size()))
                .mapToObj(Long::valueOf)
                .toList();
        return axes.get().equals(all)
                ? Optional.empty()
                : Optional.of(
                        new Restriction.Violation(
                                "has axes=" + axes.get() + " with scales that are computed",
                                "export it with scales for all dimensions, with sizes, or with scales that are an initializer"));
    }

    /** The outputs of both branches of an If: other names, same rank. */
    static Optional<Restriction.Violation> branchesDiffer(CheckedNode node) {
        Optional<GraphView> first = node.node().attribute("then_branch", GraphView.class);
        Optional<GraphView> second = node.node().attribute("else_branch", GraphView.class);
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        List<GraphView.Port> outputs = first.get().outputs();
        List<GraphView.Port> others = second.get().outputs();
        for (int i = 0; i < Math.min(outputs.size(), others.size()); i++) {
            String name = outputs.get(i).name();
            String other = others.get(i).name();
            if (name.equals(other)) {
                return Optional.of(new Restriction.Violation(
                        "has two branches that both call an output " + name, "give them different names"));
            }
            OptionalInt rank = rank(node, first.get(), outputs.get(i));
            OptionalInt otherRank = rank(node, second.get(), others.get(i));
            if (rank.isPresent() && otherRank.isPresent() && !rank.equals(otherRank)) {
                return Optional.of(new Restriction.Violation(
                        "has branches whose outputs " + name + " and " + other + " have " + rank.getAsInt() + " and "
                                + otherRank.getAsInt() + " dimensions",
                        "reshape one of them"));
            }
        }
        return Optional.empty();
    }

    private static OptionalInt rank(CheckedNode node, GraphView branch, GraphView.Port output) {
        return node.types()
                .body(branch)
                .value(output.name())
                .or(Value.of(output))
                .rank();
    }
}
