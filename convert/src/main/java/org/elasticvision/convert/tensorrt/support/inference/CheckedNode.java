package org.elasticvision.convert.tensorrt.support.inference;

import org.elasticvision.convert.onnx.graph.GraphView;

/**
 * A node with what is known of its values.
 *
 * @param types of the graph that it stands in
 */
public record CheckedNode(GraphView.Node node, TypeInference types) {
    public boolean hasInput(int index) {
        return index < node.inputs().size() && !node.inputs().get(index).isEmpty();
    }

    /** An input; nothing is known of one that is left out. */
    public Value input(int index) {
        return hasInput(index) ? types.value(node.inputs().get(index)) : Value.UNKNOWN;
    }

    /** An output of the first branch or body. */
    Value inside(int output) {
        return types.inside(node, output);
    }

    public boolean hasOutput(int index) {
        return index < node.outputs().size() && !node.outputs().get(index).isEmpty();
    }

    public Value output(int index) {
        return hasOutput(index) ? types.value(node.outputs().get(index)) : Value.UNKNOWN;
    }
}
