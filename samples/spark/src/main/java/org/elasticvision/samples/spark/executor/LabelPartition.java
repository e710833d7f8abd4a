package org.elasticvision.samples.spark.executor;

import java.util.Iterator;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;

/** What a task does: rows with a path, and perhaps the image's bytes behind it, become rows of answers. */
public final class LabelPartition implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final int CONTENT = 1;

    private final ModelRecipe recipe;
    private final ImageReader files;
    private final AnswerColumns columns;
    private final int threads;

    /**
     * @param recipe of the model
     * @param files reads the images of rows that have a path alone
     * @param columns of the answers
     * @param threads of each task; 0 for as many as Spark counts CPUs for a task
     */
    public LabelPartition(ModelRecipe recipe, ImageReader files, AnswerColumns columns, int threads) {
        this.recipe = recipe;
        this.files = files;
        this.columns = columns;
        this.threads = threads;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> images) {
        TaskContext task = TaskContext.get();
        Function<Row, ImageSource> reader = row -> row.size() > CONTENT ? content(row) : files.read(row.getString(0));
        ImageAnswers answers = new ImageAnswers(
                images,
                SharedModel.of(recipe),
                reader,
                columns,
                Lanes.SHARED,
                threads > 0 ? threads : Math.max(1, task.cpus()));
        task.addTaskCompletionListener((TaskCompletionListener) done -> answers.close());
        return answers;
    }

    private static ImageSource content(Row row) {
        String name = String.valueOf(row.getString(0));
        if (row.isNullAt(CONTENT)) {
            throw new ImageException(name + ": has no content; check the table");
        }
        return ImageSource.of(row.<byte[]>getAs(CONTENT), name);
    }
}
