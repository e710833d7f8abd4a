package org.elasticvision.convert.onnx.extract;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Which values a node takes: its inputs, and what the branches and loop bodies in it take from around them. Stateless. */
final class Captures {
    private Captures() {}

    /** {@return the names, in order; an input that is left out has none} */
    static Set<String> of(NodeProto node) {
        Set<String> names = new LinkedHashSet<>();
        node.getInputList().stream().filter(name -> !name.isEmpty()).forEach(names::add);
        bodies(node).forEach(body -> names.addAll(of(body)));
        return names;
    }

    private static Set<String> of(GraphProto body) {
        Set<String> own = new HashSet<>();
        body.getInputList().forEach(input -> own.add(input.getName()));
        body.getInitializerList().forEach(tensor -> own.add(tensor.getName()));
        body.getSparseInitializerList()
                .forEach(tensor -> own.add(tensor.getValues().getName()));
        Set<String> taken = new LinkedHashSet<>();
        for (NodeProto node : body.getNodeList()) {
            of(node).stream().filter(name -> !own.contains(name)).forEach(taken::add);
            own.addAll(node.getOutputList());
        }
        // A branch may give out a value from around it as it is.
        body.getOutputList().stream()
                .map(output -> output.getName())
                .filter(name -> !own.contains(name))
                .forEach(taken::add);
        return taken;
    }

    private static Stream<GraphProto> bodies(NodeProto node) {
        return node.getAttributeList().stream().flatMap(attribute -> bodies(attribute));
    }

    private static Stream<GraphProto> bodies(AttributeProto attribute) {
        return attribute.hasG() ? Stream.of(attribute.getG()) : attribute.getGraphsList().stream();
    }
}
