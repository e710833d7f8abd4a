package org.elasticvision.runtime.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.base.ModelException;

/**
 * What an ONNX file says. Immutable.
 *
 * @param nodes in the order of the file, in which each comes after what it needs
 * @param constants weights and other tensors that stand in the file, by their names
 * @param inputs those that are not constants
 * @param opset the version of ONNX's own operators; 0 where the file does not say
 * @param metadata entries that the file carries
 */
public record OnnxGraph(
        List<OnnxNode> nodes,
        Map<String, OnnxTensor> constants,
        List<OnnxInput> inputs,
        List<OnnxInput> outputs,
        long opset,
        Map<String, String> metadata) {
    public OnnxGraph {
        nodes = List.copyOf(nodes);
        constants = Map.copyOf(constants);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        metadata = Map.copyOf(metadata);
    }

    /**
     * Reads a file; the weights stay in it.
     *
     * @param file the model
     * @return what it says
     * @throws ModelException where it is damaged or not an ONNX model
     */
    public static OnnxGraph read(Path file) {
        return OnnxGraphReader.read(file);
    }
}
