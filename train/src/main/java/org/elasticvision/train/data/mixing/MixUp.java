package org.elasticvision.train.data.mixing;

import java.nio.FloatBuffer;

/** The weighted mean of each image and the one before it (Zhang and others 2018), as torchvision 0.29's {@code v2.MixUp} computes it. */
final class MixUp {
    private MixUp() {}

    /**
     * Mixes rows in place: each with the one before, the first with the last. Products and sums are rounded to float32 one by one, in torchvision's
     * order, so that the bits are the same.
     *
     * @param rows images or their targets, from position 0 to the limit
     * @param count how many
     * @param share of a row itself, 0 to 1; the rest is the other's
     */
    static void mix(FloatBuffer rows, int count, double share) {
        float own = (float) share;
        float others = (float) (1 - share);
        int length = rows.limit() / count;
        float[] last = new float[length];
        rows.get((count - 1) * length, last);
        float[] row = last.clone();
        float[] before = new float[length];
        for (int i = count - 1; i > 0; i--) {
            rows.get((i - 1) * length, before);
            rows.put(i * length, sum(before, others, row, own));
            float[] written = row;
            row = before;
            before = written;
        }
        rows.put(0, sum(last, others, row, own));
    }

    /** Into the second one. */
    private static float[] sum(float[] first, float ofFirst, float[] second, float ofSecond) {
        for (int i = 0; i < second.length; i++) {
            second[i] = first[i] * ofFirst + second[i] * ofSecond;
        }
        return second;
    }
}
