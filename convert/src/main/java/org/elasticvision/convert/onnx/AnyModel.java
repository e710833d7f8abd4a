package org.elasticvision.convert.onnx;

import java.nio.file.Path;
import java.util.Set;

/**
 * What any ONNX file holds, whoever wrote it; read-only.
 *
 * @param graph the network
 * @param opset version of ONNX's operators
 * @param functions operators that the file defines itself, as {@code domain:name}
 */
public record AnyModel(AnyGraph graph, int opset, Set<String> functions) {
    public AnyModel {
        functions = Set.copyOf(functions);
    }

    /**
     * Reads a file. Weights are read when they are asked for, so the file must stay as it is meanwhile.
     *
     * @param file the file
     * @return the model
     * @throws org.elasticvision.runtime.base.ModelException if it is missing, damaged or no ONNX model
     */
    public static AnyModel read(Path file) {
        return new AnyReader(file).read();
    }

    /**
     * Looks at one of our own models, which need not be in a file.
     *
     * @param model a model that was read
     * @return the same model
     */
    public static AnyModel of(OnnxModel model) {
        return AnyReader.of(model);
    }

    /**
     * {@return whether a node's operator is one that the file defines itself}
     *
     * @param node one of the nodes
     */
    public boolean defines(AnyGraph.Node node) {
        return functions.contains(node.domain() + ":" + node.operator());
    }
}
