package org.elasticvision.train.run.totals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.runtime.metrics.ClassificationMetrics;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.metrics.MultiLabelMetrics;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.metrics.TaskMetrics;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;

/**
 * What a validation has counted, as a checkpoint keeps it: in the one of the best network it tells, at the end of a run and after any
 * resume, how good that is on each class. Immutable.
 */
public final class ValidationTotals {
    private static final String KEY = "validation_totals";

    private final double[] totals;

    private ValidationTotals(double[] totals) {
        this.totals = totals;
    }

    public static ValidationTotals of(TaskMetrics<?, ?> metrics) {
        return new ValidationTotals(metrics.totals());
    }

    /** Adds what {@link #measures} reads. */
    public void addTo(Map<String, Object> values) {
        values.put(KEY, SavedTensor.doubles(List.of((long) totals.length), totals::clone));
    }

    /** {@return the figures of the validation after which a checkpoint was written; empty where it does not have them} */
    public static Optional<Measures> measures(TrainingCheckpoint checkpoint) {
        if (!(checkpoint.summary().training().get(KEY) instanceof CheckpointTensor saved)) {
            return Optional.empty();
        }
        Task task = checkpoint.summary().model().task();
        TaskMetrics<?, ?> metrics =
                metrics(task, checkpoint.summary().model().labels().size());
        try {
            metrics.merge(saved.toDoubles());
        } catch (IllegalArgumentException e) { // somebody has changed the file
            return Optional.empty();
        }
        return Optional.of(metrics.result());
    }

    private static TaskMetrics<?, ?> metrics(Task task, int classes) {
        return switch (task) {
            case CLASSIFICATION -> new ClassificationMetrics();
            case MULTI_LABEL -> new MultiLabelMetrics(classes);
            case SEGMENTATION -> new SegmentationMetrics(classes);
        };
    }
}
