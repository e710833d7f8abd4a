package org.elasticvision.samples.serve.v2.request;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What follows the JSON in a request: the data of its inputs, one after the other. Not thread-safe. */
final class BinaryData {
    private final ByteBuffer bytes;

    BinaryData(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Little endian. */
    float[] floats(int size) {
        ByteBuffer part = next(size);
        if (size % Float.BYTES != 0) {
            throw BadRequest.of("binary_data_size " + size + " is not a number of FP32 values; each has 4 bytes");
        }
        float[] values = new float[size / Float.BYTES];
        part.asFloatBuffer().get(values);
        return values;
    }

    /** Each after its length. */
    List<byte[]> elements(int size) {
        ByteBuffer part = next(size);
        List<byte[]> elements = new ArrayList<>();
        while (part.hasRemaining()) {
            int length = part.remaining() < Integer.BYTES ? -1 : part.getInt();
            if (length < 0 || length > part.remaining()) {
                throw BadRequest.of("the binary data ends within element " + elements.size()
                        + "; each is its length as 4 bytes, little endian, and its bytes");
            }
            byte[] element = new byte[length];
            part.get(element);
            elements.add(element);
        }
        return elements;
    }

    /** Refuses what no input has claimed. */
    void checkEnd() {
        if (bytes.hasRemaining()) {
            throw BadRequest.of(bytes.remaining() + " bytes follow the data of all inputs; send as many as"
                    + " binary_data_size says, and Inference-Header-Content-Length with the length of the JSON");
        }
    }

    private ByteBuffer next(int size) {
        if (size > bytes.remaining()) {
            throw BadRequest.of("binary_data_size is " + size + ", and " + bytes.remaining()
                    + " bytes are left after the JSON; send them, and Inference-Header-Content-Length with the length of"
                    + " the JSON");
        }
        ByteBuffer part = bytes.slice(bytes.position(), size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + size);
        return part;
    }
}
