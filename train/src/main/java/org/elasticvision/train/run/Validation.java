package org.elasticvision.train.run;

import java.util.Arrays;
import java.util.Locale;
import org.elasticvision.runtime.dataset.MultiLabelTarget;
import org.elasticvision.runtime.dataset.ObjectSize;
import org.elasticvision.runtime.metrics.ClassificationMetrics;
import org.elasticvision.runtime.metrics.ClassificationResult;
import org.elasticvision.runtime.metrics.MultiLabelMetrics;
import org.elasticvision.runtime.metrics.MultiLabelResult;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.metrics.SegmentationResult;
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

/** Runs all validation images through a network and measures the answers with the runtime's metrics. */
final class Validation {
    private final Measure measure;
    private double lossSum;
    private long images;

    private Validation(Task task, int classes) {
        measure = switch (task) {
            case CLASSIFICATION -> new ClassificationMeasure();
            case MULTI_LABEL -> new MultiLabelMeasure(classes);
            case SEGMENTATION -> new SegmentationMeasure(classes);
        };
    }

    /**
     * Measures all images; null if the run was asked to stop meanwhile.
     *
     * @throws org.elasticvision.runtime.base.ElasticVisionException if there is none that can be measured
     */
    static Scores run(
            TorchTrainer trainer, Task task, int classes, Loader loader, TrainingListener listener, StopSignal stop) {
        Validation validation = new Validation(task, classes);
        try (Epoch epoch = loader.epoch(0)) {
            for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
                if (stop.isStopped()) {
                    return null;
                }
                validation.add(batch, trainer.answer(batch));
                listener.validating(epoch.position(), loader.batches());
            }
        }
        UsableImages.requireSome(validation.images, loader, "measure on");
        return validation.measure.scores(validation.lossSum / validation.images);
    }

    private void add(Batch batch, BatchAnswer answer) {
        if (batch.target().counts()) {
            lossSum += answer.loss() * batch.size();
            images += batch.size();
        }
        measure.add(batch.target(), answer);
    }

    /** A task's measures. */
    private interface Measure {
        void add(Target target, BatchAnswer answer);

        Scores scores(double loss);
    }

    private static float[] row(float[] logits, int image, int images) {
        int classes = logits.length / images;
        return Arrays.copyOfRange(logits, image * classes, (image + 1) * classes);
    }

    private static final class ClassificationMeasure implements Measure {
        private final ClassificationMetrics metrics = new ClassificationMetrics();

        @Override
        public void add(Target target, BatchAnswer answer) {
            int[] labels = ((Target.Classes) target).labels();
            for (int i = 0; i < labels.length; i++) {
                metrics.add(row(answer.logits(), i, labels.length), labels[i]);
            }
        }

        @Override
        public Scores scores(double loss) {
            ClassificationResult result = metrics.result();
            return new Scores(
                    loss,
                    result.error1(),
                    String.format(Locale.ROOT, "Err@1 %.2f", result.error1())
                            + (result.error5().isPresent()
                                    ? String.format(
                                            Locale.ROOT,
                                            "  Err@5 %.2f",
                                            result.error5().getAsDouble())
                                    : ""));
        }
    }

    private static final class MultiLabelMeasure implements Measure {
        private final MultiLabelMetrics metrics;

        MultiLabelMeasure(int classes) {
            metrics = new MultiLabelMetrics(classes);
        }

        @Override
        public void add(Target target, BatchAnswer answer) {
            Target.LabelSets sets = (Target.LabelSets) target;
            for (int i = 0; i < sets.size(); i++) {
                // The sizes of objects matter to the runtime's evaluation only.
                boolean[][] present = new boolean[ObjectSize.values().length][sets.classes()];
                for (int c = 0; c < sets.classes(); c++) {
                    present[0][c] = sets.values()[i * sets.classes() + c] > 0.5f;
                }
                metrics.add(row(answer.logits(), i, sets.size()), MultiLabelTarget.of(present));
            }
        }

        @Override
        public Scores scores(double loss) {
            MultiLabelResult result = metrics.result();
            return new Scores(
                    loss,
                    100 - result.overall().f1(),
                    String.format(
                            Locale.ROOT,
                            "F %.2f  P %.2f  R %.2f  F per class %.2f",
                            result.overall().f1(),
                            result.overall().precision(),
                            result.overall().recall(),
                            result.perClass().f1()));
        }
    }

    private static final class SegmentationMeasure implements Measure {
        private final SegmentationMetrics metrics;

        SegmentationMeasure(int classes) {
            metrics = new SegmentationMetrics(classes);
        }

        @Override
        public void add(Target target, BatchAnswer answer) {
            metrics.add(answer.classes(), ((Target.Masks) target).pixels());
        }

        @Override
        public Scores scores(double loss) {
            SegmentationResult result = metrics.result();
            return new Scores(
                    loss,
                    100 - 100 * result.meanIou(),
                    String.format(
                            Locale.ROOT,
                            "mean IoU %.2f  pixel accuracy %.2f",
                            100 * result.meanIou(),
                            100 * result.pixelAccuracy()));
        }
    }
}
