package org.elasticvision.runtime.onnx;

import java.util.Optional;

/**
 * An attribute of a node, of whatever kind; what it is not is zero or empty. Immutable.
 *
 * @param numbers kept, not copied
 * @param tensor empty where it is of another kind
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, if at all
public record OnnxAttribute(long number, float real, String text, long[] numbers, Optional<OnnxTensor> tensor) {
    @Override
    public long[] numbers() {
        return numbers.clone();
    }
}
