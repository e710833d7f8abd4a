package org.elasticvision.train.check.twin;

import java.util.Arrays;

/** A growing list of numbers, 8 bytes each. Not thread-safe. */
final class Longs {
    private long[] values = new long[1024];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
        }
        values[size++] = value;
    }

    long get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }
}
