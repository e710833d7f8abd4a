package org.elasticvision.runtime.explain;

/** How undecided a segmentation is about each pixel. Stateless. */
final class Uncertainty {
    private Uncertainty() {}

    /**
     * {@return for each pixel the entropy of softmax, divided by the logarithm of the number of classes; 0 where there is one class}
     *
     * @param logits {@code [classes, height, width]}
     * @param classes how many
     */
    static HeatMap of(float[] logits, int classes, int width, int height) {
        int pixels = width * height;
        float[] values = new float[pixels];
        double most = Math.log(classes);
        for (int i = 0; i < pixels && classes > 1; i++) {
            values[i] = (float) (entropy(logits, classes, pixels, i) / most);
        }
        return new HeatMap(width, height, values);
    }

    /** With the largest logit at 0, sum = Σ e^z, the entropy is log(sum) - Σ z·e^z / sum. */
    private static double entropy(float[] logits, int classes, int pixels, int pixel) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            largest = Math.max(largest, logits[c * pixels + pixel]);
        }
        double sum = 0;
        double weighted = 0;
        for (int c = 0; c < classes; c++) {
            double z = logits[c * pixels + pixel] - largest;
            double e = Math.exp(z);
            if (e > 0) { // a logit of minus infinity adds nothing
                sum += e;
                weighted += z * e;
            }
        }
        return Math.max(0, Math.log(sum) - weighted / sum);
    }
}
