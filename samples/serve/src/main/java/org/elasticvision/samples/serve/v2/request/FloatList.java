package org.elasticvision.samples.serve.v2.request;

import java.util.Arrays;

/** Numbers of which it is not known how many there will be, four bytes each. Not thread-safe. */
final class FloatList {
    private static final int FIRST = 1024;

    private float[] values = new float[FIRST];
    private int size;

    void add(float value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    float[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
