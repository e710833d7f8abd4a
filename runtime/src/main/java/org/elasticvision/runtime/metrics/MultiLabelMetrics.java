package org.elasticvision.runtime.metrics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.dataset.coco.ObjectSize;
import org.elasticvision.runtime.metrics.figure.Ratio;

/**
 * Precision, recall and F per class and overall, and recall by object size, as {@code validate_multi} of the published
 * {@code multilabel_classify.py} counts them for MSCOCO (the paper's multi-label experiments). A class is
 * answered where its logit is above 0. Not thread-safe; see {@link #merge}.
 */
public final class MultiLabelMetrics implements TaskMetrics<LabelSet, MultiLabelTarget> {
    private static final int SIZES = ObjectSize.values().length;

    private final int classes;
    private final long[] truePositives;
    private final long[] falsePositives;
    private final long[] falseNegatives;
    private final long[][] truePositivesBySize;
    private final long[][] falseNegativesBySize;
    private long images;
    private double crossEntropySum;

    /**
     * Starts with no images of that many classes.
     *
     * @param classes how many classes there are
     */
    public MultiLabelMetrics(int classes) {
        Check.atLeast("classes", classes, 1);
        this.classes = classes;
        truePositives = new long[classes];
        falsePositives = new long[classes];
        falseNegatives = new long[classes];
        truePositivesBySize = new long[SIZES][classes];
        falseNegativesBySize = new long[SIZES][classes];
    }

    /**
     * Adds an image.
     *
     * @param answer of a model with the same classes
     * @param target the classes that are present
     * @throws IllegalArgumentException if either is of another number of classes
     */
    @Override
    public void add(LabelSet answer, MultiLabelTarget target) {
        add(answer.logits(), target);
    }

    /**
     * Adds an image.
     *
     * @param logits one per class, before the sigmoid
     * @param target the classes that are present
     * @throws IllegalArgumentException if either is of another number of classes
     */
    public void add(float[] logits, MultiLabelTarget target) {
        if (logits.length != classes || target.classes() != classes) {
            throw new IllegalArgumentException(logits.length + " logits and a target of " + target.classes()
                    + " classes; both must be of " + classes + " classes");
        }
        images++;
        for (int c = 0; c < classes; c++) {
            boolean answered = logits[c] > 0;
            boolean present = target.isPresent(c);
            if (present) {
                (answered ? truePositives : falseNegatives)[c]++;
                addSizes(answered, c, target);
            } else if (answered) {
                falsePositives[c]++;
            }
            crossEntropySum += binaryCrossEntropy(logits[c], present);
        }
    }

    /**
     * Adds all images of {@code other}, which stays as it is.
     *
     * @param other of the same classes
     * @throws IllegalArgumentException if it is of another number of classes
     */
    public void merge(MultiLabelMetrics other) {
        merge(other.totals());
    }

    @Override
    public double[] totals() {
        return DoubleStream.concat(
                        DoubleStream.of((double) images, crossEntropySum),
                        counts().flatMapToDouble(counts -> LongStream.of(counts).asDoubleStream()))
                .toArray();
    }

    @Override
    public void merge(double[] totals) {
        Totals from = new Totals(totals, totals().length);
        images += from.count();
        crossEntropySum += from.sum();
        counts().forEach(from::addTo);
    }

    private Stream<long[]> counts() {
        return Stream.of(
                        Stream.of(truePositives, falsePositives, falseNegatives),
                        Stream.of(truePositivesBySize),
                        Stream.of(falseNegativesBySize))
                .flatMap(all -> all);
    }

    @Override
    public MultiLabelResult result() {
        List<ClassCounts> counts = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            counts.add(counts(truePositives[c], falsePositives[c], falseNegatives[c], images));
        }
        ClassCounts all = counts(sum(truePositives), sum(falsePositives), sum(falseNegatives), images * classes);
        Map<ObjectSize, SizeRecall> bySize = new EnumMap<>(ObjectSize.class);
        for (ObjectSize size : ObjectSize.values()) {
            bySize.put(size, sizeRecall(truePositivesBySize[size.row()], falseNegativesBySize[size.row()]));
        }
        double crossEntropy = Ratio.of(crossEntropySum, (double) images * classes);
        return new MultiLabelResult(images, mean(counts), PrecisionRecall.of(all), counts, bySize, crossEntropy);
    }

    private void addSizes(boolean answered, int classIndex, MultiLabelTarget target) {
        long[][] counts = answered ? truePositivesBySize : falseNegativesBySize;
        for (ObjectSize size : ObjectSize.values()) {
            if (target.isPresent(classIndex, size)) {
                counts[size.row()][classIndex]++;
            }
        }
    }

    /** −log sigmoid(logit) or −log(1 − sigmoid(logit)), in a form that does not overflow. */
    private static double binaryCrossEntropy(double logit, boolean present) {
        return Math.max(logit, 0) - (present ? logit : 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    }

    private static ClassCounts counts(long truePositives, long falsePositives, long falseNegatives, long decisions) {
        long trueNegatives = decisions - truePositives - falsePositives - falseNegatives;
        return new ClassCounts(truePositives, falsePositives, falseNegatives, trueNegatives);
    }

    private static PrecisionRecall mean(List<ClassCounts> counts) {
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        for (ClassCounts count : counts) {
            PrecisionRecall own = PrecisionRecall.of(count);
            precision += own.precision();
            recall += own.recall();
            f1 += own.f1();
        }
        return new PrecisionRecall(precision / counts.size(), recall / counts.size(), f1 / counts.size());
    }

    private static SizeRecall sizeRecall(long[] found, long[] missed) {
        double recalls = 0;
        for (int c = 0; c < found.length; c++) {
            recalls += Ratio.percent(found[c], found[c] + missed[c]);
        }
        long allFound = sum(found);
        long allMissed = sum(missed);
        double overall = Ratio.percent(allFound, allFound + allMissed);
        return new SizeRecall(allFound, allMissed, overall, recalls / found.length);
    }

    private static long sum(long[] values) {
        return LongStream.of(values).sum();
    }
}
