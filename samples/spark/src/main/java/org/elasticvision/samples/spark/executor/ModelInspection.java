package org.elasticvision.samples.spark.executor;

import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.Failures;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import picocli.CommandLine.ParameterException;

/**
 * What an executor says of the model once it has opened it. The driver asks before the job: it may lack what the executors have, such
 * as a GPU, and it must know the task for the columns of the output.
 *
 * @param task of the model
 * @param text the model in one line
 */
public record ModelInspection(Task task, String text) {
    private static final StructType COLUMNS =
            new StructType().add("task", "string").add("text", "string").add("problem", "string");

    /**
     * {@return what one of the executors says}
     *
     * @param spark with the model's file added to it
     * @param recipe of the model
     * @throws ElasticVisionException if the model cannot be opened there
     */
    public static ModelInspection of(SparkSession spark, ModelRecipe recipe) {
        Dataset<String> once = spark.createDataset(List.of(""), Encoders.STRING());
        Row row = once.map((MapFunction<String, Row>) ignored -> inExecutor(recipe), Encoders.row(COLUMNS))
                .collectAsList()
                .get(0);
        if (!row.isNullAt(2)) {
            throw new ElasticVisionException(row.getString(2));
        }
        return new ModelInspection(Task.of(row.getString(0)), row.getString(1));
    }

    private static Row inExecutor(ModelRecipe recipe) {
        try {
            ModelInfo info = SharedModel.of(recipe).info();
            String text = String.format(
                    Locale.ROOT,
                    "%s: %s, %,d classes, %s, %s",
                    recipe.fileName(),
                    info.task(),
                    info.labels().size(),
                    info.architecture(),
                    info.precision());
            return RowFactory.create(info.task().id(), text, null);
        } catch (ParameterException e) {
            return RowFactory.create(null, null, e.getMessage());
        } catch (ElasticVisionException | LinkageError e) { // which all other executors would say, too
            return RowFactory.create(null, null, Failures.message(e));
        }
    }
}
