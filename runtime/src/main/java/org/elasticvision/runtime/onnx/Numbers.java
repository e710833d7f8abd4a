package org.elasticvision.runtime.onnx;

import java.io.IOException;
import java.util.Arrays;

/** Whole numbers that come one by one or packed. For one thread. */
final class Numbers {
    private final int most;
    private long[] values = new long[8];
    private int count;
    private boolean tooMany;

    Numbers(int most) {
        this.most = most;
    }

    void add(long value) {
        if (count == most) {
            tooMany = true;
            return;
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, (int) Math.min(most, 2L * count));
        }
        values[count++] = value;
    }

    void addAll(long... more) {
        for (long value : more) {
            add(value);
        }
    }

    long[] values() throws IOException {
        if (tooMany) {
            throw new IOException("more than " + most + " numbers");
        }
        return Arrays.copyOf(values, count);
    }
}
