package org.elasticvision.convert.quantize.calibration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.quantize.qdq.Range;

/** How the values of a network are distributed over some images: what ranges are chosen from. */
public final class Calibration {
    private final Map<String, Histogram> histograms;

    Calibration(Map<String, Histogram> histograms) {
        this.histograms = Collections.unmodifiableMap(new LinkedHashMap<>(histograms));
    }

    /** {@return the distributions by the values' names} */
    public Map<String, Histogram> histograms() {
        return histograms;
    }

    /**
     * {@return the range of a value}
     *
     * @param value its name
     * @param calibrator what chooses it
     */
    public Range range(String value, Calibrator calibrator) {
        Histogram histogram = histograms.get(value);
        if (histogram == null) {
            throw new IllegalArgumentException(value + " was not calibrated");
        }
        return calibrator.range(histogram);
    }

    /** The values that can be quantized on one target or another: all but those that a Relu alone uses. */
    static List<String> observed(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> !graph.isFollowedByRelu(node) && !graph.isOutput(node.output()))
                .map(Node::output)
                .toList();
    }
}
