package org.elasticvision.runtime.onnx.layer;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node of a graph that computes something of the image.
 *
 * @param name the node's, or that of its output where it has none
 * @param operator such as {@code Conv}
 * @param detail what of its attributes tells it from others, such as {@code 3x3 /2, 32 groups}; may be empty
 * @param values that it makes
 * @param sources values that it takes, constants left out; past nodes that only quantize, to what other layers or the inputs make
 * @param shape of its first output; empty where it is not known
 * @param flops a multiply-add is one; empty where they are not known
 * @param weightBytes of the constants that it is the first to use, as they are in the file
 * @param precision of what it computes with: fp32, fp16 or int8; empty where it is not known
 */
public record GraphLayer(
        String name,
        String operator,
        String detail,
        List<String> values,
        List<String> sources,
        Optional<List<Integer>> shape,
        OptionalLong flops,
        long weightBytes,
        Optional<String> precision) {
    public GraphLayer {
        values = List.copyOf(values);
        sources = List.copyOf(sources);
        shape = shape.map(List::copyOf);
    }
}
