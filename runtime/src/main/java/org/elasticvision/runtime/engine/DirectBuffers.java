package org.elasticvision.runtime.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Buffers that native code reads without a copy. */
public final class DirectBuffers {
    private DirectBuffers() {}

    /**
     * {@return a direct buffer in native order, all zeros; freed when the collector finds it unused}
     *
     * @param elements how many floats
     */
    public static FloatBuffer floats(int elements) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(elements, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * {@return the first elements of a buffer that native code may use, as a view of its own}
     *
     * @param name of the buffer in messages
     * @param buffer a direct buffer
     * @param elements how many floats
     * @throws IllegalArgumentException where it is not direct, not in native order or too small
     */
    public static FloatBuffer view(String name, FloatBuffer buffer, int elements) {
        if (!buffer.isDirect() || buffer.order() != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException(
                    "the " + name + " buffer must be direct and in native order: use DirectBuffers.floats");
        }
        if (buffer.capacity() < elements) {
            throw new IllegalArgumentException(
                    "the " + name + " buffer holds " + buffer.capacity() + " floats, " + elements + " are needed");
        }
        return buffer.duplicate().clear().limit(elements).slice();
    }
}
