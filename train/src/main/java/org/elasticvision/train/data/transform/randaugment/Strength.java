package org.elasticvision.train.data.transform.randaugment;

/**
 * How much of an operation is done.
 *
 * @param magnitude 0 to {@value RandAugment#LARGEST_MAGNITUDE}
 * @param direction 1, or -1 for the other one of an operation that has two, such as to the left and to the right
 */
record Strength(int magnitude, int direction) {
    private static final int LAST = RandAugment.LARGEST_MAGNITUDE;

    /**
     * {@return {@code direction * torch.linspace(0, most, 31)[magnitude]}, in float32 and counted from the nearer end}
     *
     * <p>torch rounds product and sum at once on a processor that can, such as one with AVX2, and each by itself on another: of 0.9
     * the twentieth is then different in its last bit, and an eighth of the levels of Brightness by one. This is the former.
     *
     * @param most what is done at the largest magnitude
     */
    double of(double most) {
        float end = (float) most;
        float step = end / LAST;
        float amount = magnitude < (LAST + 1) / 2 ? step * magnitude : Math.fma(-step, LAST - magnitude, end);
        return direction * (double) amount;
    }

    /** {@return the factor of an {@link Enhancement}: 0.1 to 1.9} */
    float factor() {
        return (float) (1 + of(0.9));
    }
}
