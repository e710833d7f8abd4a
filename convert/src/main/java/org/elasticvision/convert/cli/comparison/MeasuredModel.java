package org.elasticvision.convert.cli.comparison;

import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.convert.compare.ModelComparison;
import org.elasticvision.runtime.benchmark.BenchmarkResult;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.model.Task;

/**
 * A model in an engine: a row of the table.
 *
 * @param file the model
 * @param engine what ran it, such as {@code onednn}
 * @param bytes of the file
 * @param speed from encoded images to answers
 * @param accuracy on labelled data; empty where none was given
 * @param distance from the first row's answers; empty for that itself and where the two are not forms of one network
 */
public record MeasuredModel(
        Path file,
        String engine,
        long bytes,
        BenchmarkResult speed,
        Optional<Measures> accuracy,
        Optional<ModelComparison> distance) {

    /** {@return the share of decisions in which it agrees with the first: of label sets, each label is one} */
    Optional<Double> sameAnswers() {
        return distance.map(comparison -> switch (comparison.task()) {
            case CLASSIFICATION, SEGMENTATION -> comparison.agreement().top1();
            case MULTI_LABEL -> comparison.agreement().sameSigns();
        });
    }

    /** {@return what such a decision is called in a table} */
    static String nameOfSame(Task task) {
        return switch (task) {
            case CLASSIFICATION -> "same top-1 %";
            case MULTI_LABEL -> "same labels %";
            case SEGMENTATION -> "same pixels %";
        };
    }
}
