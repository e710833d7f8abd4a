package org.elasticvision.runtime.engine.onednn.network;

import java.util.List;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.onnx.OnnxGraph;

/**
 * A network for images as steps in the order in which they run. Immutable.
 *
 * @param input the image, float32 in planes
 * @param output float32; images in planes
 * @param batch of each run, or {@link TensorShape#ANY}
 */
public record Network(Value input, Value output, int batch, List<Step> steps) {
    public Network {
        steps = List.copyOf(steps);
    }

    /**
     * Makes steps of a graph.
     *
     * @param graph of a file
     * @return the steps, as few as possible
     * @throws ModelException where it has an operator, or a use of one, that is not known here: then it says which
     */
    public static Network read(OnnxGraph graph) {
        return Concatenations.of(CodeFlow.of(Fusion.of(new NetworkReader(graph).read())));
    }

    /** {@return whether any value is in 8 bits} */
    public boolean isQuantized() {
        return steps.stream().anyMatch(step -> step.output().quantization().isPresent());
    }
}
