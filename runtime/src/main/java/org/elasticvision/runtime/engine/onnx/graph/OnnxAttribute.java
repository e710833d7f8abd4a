package org.elasticvision.runtime.engine.onnx.graph;

import java.util.Optional;

/**
 * An attribute of a node, of whatever kind; what it is not is zero or empty. Immutable.
 *
 * @param numbers kept, not copied
 * @param tensor empty where it is of another kind
 */
public record OnnxAttribute(long number, float real, String text, long[] numbers, Optional<OnnxTensor> tensor) {
    @Override
    public long[] numbers() {
        return numbers.clone();
    }
}
