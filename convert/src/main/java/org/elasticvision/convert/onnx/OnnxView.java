package org.elasticvision.convert.onnx;

import java.nio.file.Path;
import java.util.Set;
import org.elasticvision.convert.onnx.graph.GraphView;

/**
 * What any ONNX file holds, whoever wrote it; read-only. {@link OnnxModel} is what we change and write.
 *
 * @param graph the network
 * @param opset version of ONNX's operators
 * @param functions operators that the file defines itself, as {@code domain:name}
 */
public record OnnxView(GraphView graph, int opset, Set<String> functions) {
    public OnnxView {
        functions = Set.copyOf(functions);
    }

    /**
     * Reads a file. Weights are read when they are asked for, so the file must stay as it is meanwhile.
     *
     * @param file the file
     * @return the model
     * @throws org.elasticvision.runtime.base.ModelException if it is missing, damaged or no ONNX model
     */
    public static OnnxView read(Path file) {
        return ViewReader.read(file);
    }

    /**
     * Looks at one of our own models, which need not be in a file.
     *
     * @param model a model that was read
     * @return the same model
     */
    public static OnnxView of(OnnxModel model) {
        return new OnnxView(model.graph().view(), model.opset().version(), Set.of());
    }

    /**
     * {@return whether a node's operator is one that the file defines itself}
     *
     * @param node one of the nodes
     */
    public boolean defines(GraphView.Node node) {
        return functions.contains(node.domain() + ":" + node.operator());
    }
}
