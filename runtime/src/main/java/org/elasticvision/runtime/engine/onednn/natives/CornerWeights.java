package org.elasticvision.runtime.engine.onednn.natives;

/** How much of each old row (or column) a new one takes, where the corners' centres stay where they are. Stateless. */
final class CornerWeights {
    private CornerWeights() {}

    /** {@return {@code to} rows of {@code from} numbers, of which at most two are not 0} */
    static float[] of(int from, int to) {
        float[] weights = new float[Math.multiplyExact(from, to)];
        for (int i = 0; i < to; i++) {
            float position = to == 1 ? 0 : i * (float) (from - 1) / (to - 1);
            int low = Math.min((int) position, from - 1);
            int high = Math.min(low + 1, from - 1);
            float part = position - low;
            weights[i * from + low] += 1 - part;
            weights[i * from + high] += part;
        }
        return weights;
    }
}
