package org.elasticvision.samples.spark.executor;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.cli.output.AnswerRow;
import org.elasticvision.runtime.model.Task;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns of the output. Each has {@code path} first and {@code error} last, one of which says all where an image cannot be used.
 *
 * <ul>
 *   <li>Classification: {@code label} and {@code probability} of the likeliest class, {@code classes} with the next ones.
 *   <li>Label sets: {@code labels}, those present, the likeliest first.
 *   <li>Segmentation: {@code width} and {@code height} of the image, {@code areas} with the share that each class covers, {@code runs}
 *       of pixels of one class, row by row from the top left.
 * </ul>
 *
 * @param task of the model
 * @param top at most so many classes; null for the task's usual number
 * @param threshold leaves out less likely classes, or those that cover less; null for the task's usual rule
 */
public record AnswerColumns(Task task, Integer top, Double threshold) implements Serializable {
    /** The column with what is wrong with an image; null where it was answered. */
    public static final String ERROR = "error";

    /** {@return the columns by name and type} */
    public StructType schema() {
        StructType columns = new StructType().add("path", "string");
        return (switch (task) {
                    case CLASSIFICATION ->
                        columns.add("label", "string")
                                .add("probability", "double")
                                .add("classes", classes("probability"));
                    case MULTI_LABEL -> columns.add("labels", classes("probability"));
                    case SEGMENTATION ->
                        columns.add("width", "int")
                                .add("height", "int")
                                .add("areas", classes("share"))
                                .add(
                                        "runs",
                                        listOf(new StructType()
                                                .add("index", "int")
                                                .add("length", "int")));
                })
                .add(ERROR, "string");
    }

    private static ArrayType classes(String part) {
        return listOf(new StructType()
                .add("index", "int")
                .add("id", "string")
                .add("name", "string")
                .add(part, "double"));
    }

    private static ArrayType listOf(StructType element) {
        return new ArrayType(element, false);
    }

    /**
     * {@return the row of an image that was answered}
     *
     * @param path of the image
     * @param answer the model's
     */
    Row answered(String path, Prediction answer) {
        List<AnswerRow> rows = AnswerRow.of(answer, top, threshold);
        Seq<Row> classes = rows(
                rows,
                row -> RowFactory.create(
                        row.index(), row.label().id(), row.label().name(), row.part()));
        return switch (task) {
            case CLASSIFICATION -> {
                AnswerRow best = rows.isEmpty() ? null : rows.get(0);
                yield RowFactory.create(
                        path,
                        best == null ? null : best.label().name(),
                        best == null ? null : best.part(),
                        classes,
                        null);
            }
            case MULTI_LABEL -> RowFactory.create(path, classes, null);
            case SEGMENTATION -> {
                Segmentation segmentation = (Segmentation) answer;
                Seq<Row> runs = rows(
                        RunLengths.of(segmentation.classMap()), run -> RowFactory.create(run.index(), run.length()));
                yield RowFactory.create(path, segmentation.width(), segmentation.height(), classes, runs, null);
            }
        };
    }

    /**
     * {@return the row of an image that cannot be used}
     *
     * @param path of the image
     * @param error why
     */
    Row failed(String path, String error) {
        Object[] values = new Object[schema().size()];
        values[0] = path;
        values[values.length - 1] = error;
        return RowFactory.create(values);
    }

    private static <T> Seq<Row> rows(List<T> items, Function<T, Row> row) {
        return CollectionConverters.asScala(items.stream().map(row).toList()).toSeq();
    }
}
