package org.elasticvision.train.torch.quantized;

import java.util.Map;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.quantize.qdq.ActivationScale;

/**
 * What is learned of a network in fake quantization. Immutable, as long as nobody changes the arrays.
 *
 * @param weights in float, by the names of the fp32 graph's initializers
 * @param scales by the names of values
 */
public record LearnedNetwork(Map<String, float[]> weights, Map<String, ActivationScale> scales) {
    public LearnedNetwork {
        weights = Map.copyOf(weights);
        scales = Map.copyOf(scales);
    }

    /**
     * Puts the weights into the fp32 model that they were learned from.
     *
     * @param model is changed
     * @return the same model
     */
    public OnnxModel into(OnnxModel model) {
        Graph graph = model.graph();
        weights.forEach((name, values) ->
                graph.put(new Initializer.Floats(name, graph.weights(name).shape(), values::clone)));
        return model;
    }
}
