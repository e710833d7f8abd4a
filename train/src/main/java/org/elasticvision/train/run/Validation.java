package org.elasticvision.train.run;

import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.metrics.ClassificationMetrics;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.metrics.MultiLabelMetrics;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.metrics.TaskMetrics;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.loading.Epoch;
import org.elasticvision.train.data.loading.Loader;
import org.elasticvision.train.progress.Scores;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.BatchAnswer;
import org.elasticvision.train.torch.TorchTrainer;

/**
 * Runs all validation images through a network and measures the answers as {@code elastic evaluate} does, with the same
 * {@link TaskMetrics}.
 */
final class Validation {
    /** Adds the answers about a batch to the metrics of the task. */
    private interface Measuring {
        void add(Target target, BatchAnswer answer);
    }

    private final TaskMetrics<?, ?> metrics;
    private final Measuring measuring;
    private double lossSum;
    private long images;

    private Validation(TaskMetrics<?, ?> metrics, Measuring measuring) {
        this.metrics = metrics;
        this.measuring = measuring;
    }

    private static Validation of(Task task, List<Label> labels) {
        return switch (task) {
            case CLASSIFICATION -> {
                ClassificationMetrics metrics = new ClassificationMetrics();
                yield new Validation(metrics, (target, answer) -> {
                    int[] truth = ((Target.Classes) target).labels();
                    for (int i = 0; i < truth.length; i++) {
                        metrics.add(row(answer.logits(), i, truth.length), truth[i]);
                    }
                });
            }
            case MULTI_LABEL -> {
                MultiLabelMetrics metrics = new MultiLabelMetrics(labels.size());
                yield new Validation(metrics, (target, answer) -> {
                    Target.LabelSets sets = (Target.LabelSets) target;
                    for (int i = 0; i < sets.size(); i++) {
                        metrics.add(row(answer.logits(), i, sets.size()), sets.truth(i));
                    }
                });
            }
            case SEGMENTATION -> {
                SegmentationMetrics metrics = new SegmentationMetrics(labels.size());
                yield new Validation(metrics, (target, answer) -> {
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
     * Measures all images; null if the run was asked to stop meanwhile.
     *
     * @throws org.elasticvision.runtime.base.ElasticVisionException if there is none that can be measured
     */
    static Scores run(
            TorchTrainer trainer,
            Task task,
            List<Label> labels,
            Loader loader,
            TrainingListener listener,
            StopSignal stop) {
        Validation validation = of(task, labels);
        try (Epoch epoch = loader.epoch(0)) {
            for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
                if (stop.isStopped()) {
                    return null;
                }
                validation.add(batch, trainer.answer(batch));
                listener.validating(epoch.position(), loader.batches());
            }
        }
        UsableImages.requireSome(validation.images, loader, "validation");
        Measures measures = validation.metrics.result();
        return new Scores(validation.lossSum / validation.images, measures.error(), measures.summary());
    }

    private void add(Batch batch, BatchAnswer answer) {
        if (batch.target().counts()) {
            lossSum += answer.loss() * batch.size();
            images += batch.size();
        }
        measuring.add(batch.target(), answer);
    }
}
