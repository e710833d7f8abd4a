package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.TensorShape;

/**
 * What goes into an ONNX graph and what comes out: one float32 tensor each, of a shape that is known but for the batch.
 *
 * @param input the input's name
 * @param output the output's name
 */
record OnnxSignature(String input, TensorShape inputShape, String output, TensorShape outputShape) {

    static OnnxSignature of(Path file, OrtSession session) throws OrtException {
        NodeInfo input = single(file, "input", session.getInputInfo().values());
        NodeInfo output = single(file, "output", session.getOutputInfo().values());
        TensorShape inputShape = shape(file, "input", input);
        TensorShape outputShape = shape(file, "output", output);
        if (inputShape.batch() != outputShape.batch()) {
            throw new ModelException(file + ": the batch of the input " + inputShape + " is not that of the output "
                    + outputShape + "; convert the checkpoint again with 'elastic convert'");
        }
        return new OnnxSignature(input.getName(), inputShape, output.getName(), outputShape);
    }

    private static NodeInfo single(Path file, String what, Collection<NodeInfo> nodes) {
        if (nodes.size() != 1) {
            List<String> names = nodes.stream().map(NodeInfo::getName).toList();
            throw new ModelException(file + " has " + nodes.size() + " " + what + "s " + names
                    + ", an image network has one; convert the checkpoint with 'elastic convert'");
        }
        return nodes.iterator().next();
    }

    private static TensorShape shape(Path file, String what, NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
            throw new ModelException(file + ": " + what + " '" + node.getName()
                    + "' is not a float32 tensor; convert the checkpoint with 'elastic convert'");
        }
        try {
            return TensorShape.of(
                    Arrays.stream(tensor.getShape()).mapToInt(Math::toIntExact).toArray());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelException(
                    file + ": the " + what + " '" + node.getName() + "' has the shape "
                            + Arrays.toString(tensor.getShape())
                            + ", of which only the batch may be open; convert the checkpoint with 'elastic convert'",
                    e);
        }
    }
}
