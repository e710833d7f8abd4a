package org.elasticvision.runtime.metrics;

import java.util.OptionalDouble;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.metrics.figure.Ratio;

/**
 * Err@1, Err@5 and cross entropy, as the published {@code classify.py} reports them for ImageNet (the paper's ImageNet experiments).
 *
 * <p>Ties go to the lower class index; PyTorch's top-k leaves their order open. A logit that is
 * not a number ranks above all others, so that a network that answers NaN is never right. Not thread-safe; see
 * {@link #merge}.
 */
public final class ClassificationMetrics implements TaskMetrics<Classification, Integer> {
    private static final int FIVE = 5;

    private long images;
    private int classes;
    private long wrong1;
    private long wrong5;
    private double crossEntropySum;

    /**
     * Adds an image.
     *
     * @param answer of a model with the same classes
     * @param classIndex the image's class
     * @throws IndexOutOfBoundsException if there is no such class
     */
    @Override
    public void add(Classification answer, Integer classIndex) {
        add(answer.logits(), classIndex);
    }

    /**
     * Adds an image.
     *
     * @param logits one per class, before softmax
     * @param classIndex the image's class
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public void add(float[] logits, int classIndex) {
        float own = logits[classIndex];
        int above = 0;
        for (int i = 0; i < logits.length; i++) {
            boolean higher = logits[i] > own || Float.isNaN(logits[i]) || Float.isNaN(own);
            if (i != classIndex && (higher || (logits[i] == own && i < classIndex))) {
                above++;
            }
        }
        images++;
        classes = Math.max(classes, logits.length);
        wrong1 += above < 1 ? 0 : 1;
        wrong5 += above < FIVE ? 0 : 1;
        crossEntropySum += crossEntropy(logits, own);
    }

    /**
     * Adds all images of {@code other}, which stays as it is.
     *
     * @param other of the same classes
     */
    public void merge(ClassificationMetrics other) {
        merge(other.totals());
    }

    @Override
    public double[] totals() {
        return new double[] {images, classes, wrong1, wrong5, crossEntropySum};
    }

    @Override
    public void merge(double[] totals) {
        Totals from = new Totals(totals, totals().length);
        images += from.count();
        classes = Math.max(classes, (int) from.count());
        wrong1 += from.count();
        wrong5 += from.count();
        crossEntropySum += from.sum();
    }

    @Override
    public ClassificationResult result() {
        OptionalDouble error5 =
                classes > FIVE ? OptionalDouble.of(Ratio.percent(wrong5, images)) : OptionalDouble.empty();
        return new ClassificationResult(
                images, Ratio.percent(wrong1, images), error5, Ratio.of(crossEntropySum, (double) images));
    }

    /** log Σ exp(logit) − own, with the largest logit taken out first so that nothing overflows. */
    private static double crossEntropy(float[] logits, float own) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        return largest + Math.log(sum) - own;
    }
}
