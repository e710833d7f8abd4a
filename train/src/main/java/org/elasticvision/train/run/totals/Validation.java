package org.elasticvision.train.run.totals;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.metrics.ClassificationMetrics;
import org.elasticvision.runtime.metrics.MultiLabelMetrics;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.metrics.TaskMetrics;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.loading.Epoch;
import org.elasticvision.train.data.loading.Loader;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.progress.Scores;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.BatchAnswer;

/**
 * Runs all validation images through a network and measures the answers as {@code elastic evaluate} does, with the same
 * {@link TaskMetrics}.
 */
public final class Validation {
    /** Adds the answers about a batch to the metrics of the task. */
    private interface Measuring {
        void add(Target target, BatchAnswer answer);
    }

    private final TaskMetrics<?, ?> metrics;
    private final Measuring measuring;
    /** Of each batch of the whole data set, so that their sum does not depend on who ran it. */
    private final double[] lossSums;

    private long images;

    private Validation(TaskMetrics<?, ?> metrics, int batches, Measuring measuring) {
        this.lossSums = new double[batches];
        this.metrics = metrics;
        this.measuring = measuring;
    }

    private static Validation of(Task task, List<Label> labels, int batches) {
        return switch (task) {
            case CLASSIFICATION -> {
                ClassificationMetrics metrics = new ClassificationMetrics();
                yield new Validation(metrics, batches, (target, answer) -> {
                    int[] truth = ((Target.Classes) target).labels();
                    for (int i = 0; i < truth.length; i++) {
                        metrics.add(row(answer.logits(), i, truth.length), truth[i]);
                    }
                });
            }
            case MULTI_LABEL -> {
                MultiLabelMetrics metrics = new MultiLabelMetrics(labels.size());
                yield new Validation(metrics, batches, (target, answer) -> {
                    Target.LabelSets sets = (Target.LabelSets) target;
                    for (int i = 0; i < sets.size(); i++) {
                        metrics.add(row(answer.logits(), i, sets.size()), sets.truth(i));
                    }
                });
            }
            case SEGMENTATION -> {
                SegmentationMetrics metrics = new SegmentationMetrics(labels.size());
                yield new Validation(metrics, batches, (target, answer) -> {
                    Target.Masks masks = (Target.Masks) target;
                    int area = masks.height() * masks.width();
                    for (int i = 0; i < masks.size(); i++) {
                        Target.WholeMask truth = masks.truth(i);
                        // Found on the trainer's device: scores would be 4 bytes for each class and pixel to fetch.
                        byte[] classes = Arrays.copyOfRange(answer.classes(), i * area, (i + 1) * area);
                        metrics.add(Segmentation.of(classes, truth.framing(), labels), truth.mask());
                    }
                });
            }
        };
    }

    private static float[] row(float[] logits, int image, int images) {
        int classes = logits.length / images;
        return Arrays.copyOfRange(logits, image * classes, (image + 1) * classes);
    }

    /**
     * Measures all images, this process's share of them and the others'; null if the run was asked to stop meanwhile.
     *
     * @param network answers a batch
     * @throws org.elasticvision.runtime.base.ElasticVisionException if there is none that can be measured
     */
    public static Validation run(
            Function<Batch, BatchAnswer> network,
            Task task,
            List<Label> labels,
            Loader loader,
            TrainingListener listener,
            StopSignal stop,
            ProcessGroup group) {
        Validation validation = of(task, labels, loader.batches());
        try (Epoch epoch = loader.epoch(0)) {
            int number = group.rank();
            for (Batch batch = epoch.next(); batch != null && !stop.isStopped(); batch = epoch.next()) {
                if (batch.size() > 0) {
                    validation.add(batch, network.apply(batch), number);
                }
                number += group.size();
                listener.validating(epoch.position(), loader.batches());
            }
        }
        if (group.sum(stop.isStopped() ? 1 : 0)[0] > 0) {
            return null;
        }
        validation.addOthers(group);
        loader.requireSome(validation.images, "validation");
        return validation;
    }

    /**
     * {@return how good the network is}
     *
     * @param averaged whether the weights were an average
     */
    public Scores scores(boolean averaged) {
        return new Scores(DoubleStream.of(lossSums).sum() / images, metrics.result(), averaged);
    }

    /** All that was counted, in all processes. */
    public ValidationTotals totals() {
        return ValidationTotals.of(metrics);
    }

    private void add(Batch batch, BatchAnswer answer, int number) {
        if (batch.target().counts()) {
            lossSums[number] = answer.loss() * batch.size();
            images += batch.size();
        }
        measuring.add(batch.target(), answer);
    }

    /** Then the figures are those of all images, in every process. */
    private void addOthers(ProcessGroup group) {
        double[][] totals = group.gather(metrics.totals());
        for (int rank = 0; rank < totals.length; rank++) {
            if (rank != group.rank()) {
                metrics.merge(totals[rank]);
            }
        }
        images = (long) group.sum((double) images)[0];
        System.arraycopy(group.sum(lossSums), 0, lossSums, 0, lossSums.length);
    }
}
