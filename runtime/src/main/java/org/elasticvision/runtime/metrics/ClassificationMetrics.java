package org.elasticvision.runtime.metrics;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.metrics.confusion.Confusion;
import org.elasticvision.runtime.metrics.confusion.ConfusionMatrix;
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
    /** Totals that are always there, and those of each pair of classes. */
    private static final int FIGURES = 5;

    private static final int FIGURES_OF_CELL = 3;

    private long images;
    private int classes;
    private long wrong1;
    private long wrong5;
    private double crossEntropySum;
    /** How often each class (the second key) was answered for each (the first). */
    private final SortedMap<Integer, SortedMap<Integer, Long>> answers = new TreeMap<>();

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
        count(classIndex, above == 0 ? classIndex : highestBeside(logits, classIndex), 1);
    }

    private void count(int truth, int answer, long more) {
        answers.computeIfAbsent(truth, key -> new TreeMap<>()).merge(answer, more, Long::sum);
    }

    /** The answer where it is wrong: what is not a number ranks above all, ties go to the lower index. */
    private static int highestBeside(float[] logits, int classIndex) {
        int highest = -1;
        for (int i = 0; i < logits.length; i++) {
            if (i != classIndex
                    && (highest < 0
                            || logits[i] > logits[highest]
                            || (Float.isNaN(logits[i]) && !Float.isNaN(logits[highest])))) {
                highest = i;
            }
        }
        return highest;
    }

    /**
     * Adds all images of {@code other}, which stays as it is.
     *
     * @param other of the same classes
     */
    public void merge(ClassificationMetrics other) {
        merge(other.totals());
    }

    /** As many as there are pairs of classes of which one was answered for the other, so not always the same number. */
    @Override
    public double[] totals() {
        LongStream cells =
                cells().stream().flatMapToLong(cell -> LongStream.of(cell.truth(), cell.answer(), cell.count()));
        return DoubleStream.concat(
                        DoubleStream.of((double) images, classes, (double) wrong1, (double) wrong5, crossEntropySum),
                        cells.asDoubleStream())
                .toArray();
    }

    private List<Confusion> cells() {
        return answers.entrySet().stream()
                .flatMap(row -> row.getValue().entrySet().stream()
                        .map(cell -> new Confusion(row.getKey(), cell.getKey(), cell.getValue())))
                .toList();
    }

    @Override
    public void merge(double[] totals) {
        Totals from = Totals.with(totals, FIGURES, FIGURES_OF_CELL);
        long more = from.count();
        from.requireSum(more, FIGURES + FIGURES_OF_CELL - 1, FIGURES_OF_CELL);
        images += more;
        classes = Math.max(classes, (int) from.count());
        wrong1 += from.count();
        wrong5 += from.count();
        crossEntropySum += from.sum();
        while (from.hasMore()) {
            count((int) from.count(), (int) from.count(), from.count());
        }
    }

    @Override
    public ClassificationResult result() {
        OptionalDouble error5 =
                classes > FIVE ? OptionalDouble.of(Ratio.percent(wrong5, images)) : OptionalDouble.empty();
        return new ClassificationResult(
                images,
                Ratio.percent(wrong1, images),
                error5,
                Ratio.of(crossEntropySum, (double) images),
                new ConfusionMatrix(classes, cells()));
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
