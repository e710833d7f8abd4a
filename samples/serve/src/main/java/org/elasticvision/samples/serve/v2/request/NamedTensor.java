package org.elasticvision.samples.serve.v2.request;

import java.util.List;

/**
 * A tensor of a request or of its answer.
 *
 * @param name of the model's input or output
 * @param shape the batch first
 * @param type which of the next two has the elements
 * @param values in C order; null for {@link DataType#BYTES}
 * @param elements null for {@link DataType#FP32}
 */
@SuppressWarnings("ArrayRecordComponent") // tensors are not compared
public record NamedTensor(String name, List<Integer> shape, DataType type, float[] values, List<byte[]> elements) {

    public static NamedTensor of(String name, List<Integer> shape, float[] values) {
        return new NamedTensor(name, shape, DataType.FP32, values, null);
    }

    public static NamedTensor of(String name, List<byte[]> elements) {
        return new NamedTensor(name, List.of(elements.size()), DataType.BYTES, null, elements);
    }

    /** The number of items of the batch. */
    public int batch() {
        return shape.get(0);
    }
}
