package org.elasticvision.samples.serve.v2.request;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.samples.serve.http.Base64Text;

/** An input as the JSON says it, before its datatype and shape are held against its data. Not thread-safe. */
final class RawInput {
    /** Null where the JSON has none. */
    String name;

    String datatype;
    List<Integer> shape;

    /** Bytes in the binary data; -1 where the data is in the JSON. */
    int binarySize = -1;

    /** What the JSON has as data. */
    final FloatList numbers = new FloatList();

    final List<String> texts = new ArrayList<>();

    /** {@return the tensor} {@code data} reads its part of the binary data, if it has one. */
    NamedTensor tensor(BinaryData data) {
        if (name == null || datatype == null || shape == null || shape.isEmpty()) {
            throw BadRequest.of("an input needs name, datatype and shape");
        }
        return switch (type()) {
            case FP32 -> NamedTensor.of(name, shape, fitting(binarySize < 0 ? numbers() : data.floats(binarySize)));
            case BYTES -> {
                List<byte[]> elements = binarySize < 0 ? decoded() : data.elements(binarySize);
                checkCount(elements.size());
                yield new NamedTensor(name, shape, DataType.BYTES, null, elements);
            }
        };
    }

    private DataType type() {
        for (DataType type : DataType.values()) {
            if (type.name().equals(datatype)) {
                return type;
            }
        }
        throw BadRequest.of("input '" + name + "' has datatype " + datatype + "; send FP32 or BYTES");
    }

    private float[] numbers() {
        if (!texts.isEmpty()) {
            throw BadRequest.of("input '" + name + "' is FP32 and has strings as data; send numbers");
        }
        return numbers.toArray();
    }

    private float[] fitting(float[] values) {
        checkCount(values.length);
        for (float value : values) {
            if (!Float.isFinite(value)) { // some engines would answer as if it were a number
                throw BadRequest.of("input '" + name + "' has NaN or infinity as data; send numbers");
            }
        }
        return values;
    }

    private void checkCount(int count) {
        long expected = 1;
        for (int dimension : shape) {
            expected = dimension < 0 ? -1 : Math.min(Integer.MAX_VALUE, expected * dimension);
            if (expected < 0) {
                throw BadRequest.of("input '" + name + "' has shape " + shape + "; dimensions are 0 or more");
            }
        }
        if (expected != count) {
            throw BadRequest.of("input '" + name + "' of shape " + shape + " has " + count
                    + " elements as data; send as many as its shape says");
        }
    }

    /** JSON has no bytes: base64. */
    private List<byte[]> decoded() {
        if (numbers.size() > 0) {
            throw BadRequest.of("input '" + name + "' is BYTES and has numbers as data; send strings");
        }
        List<byte[]> elements = new ArrayList<>(texts.size());
        for (String text : texts) {
            try {
                elements.add(Base64Text.decode(text));
            } catch (IllegalArgumentException e) {
                throw notBase64(elements.size());
            }
        }
        return elements;
    }

    private RuntimeException notBase64(int index) {
        return BadRequest.of("element " + index + " of input '" + name
                + "' is not base64; send image files as base64 in JSON, or as binary data");
    }
}
