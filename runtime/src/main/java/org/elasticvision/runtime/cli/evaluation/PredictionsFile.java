package org.elasticvision.runtime.cli.evaluation;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.elasticvision.runtime.cli.rows.RowsFile;
import org.elasticvision.runtime.evaluation.Evaluation.AnsweredImage;
import org.elasticvision.runtime.model.ModelInfo;

/** A row for each answered image, beside its truth. For one thread. */
final class PredictionsFile implements Consumer<AnsweredImage>, AutoCloseable {
    private final ModelInfo info;
    private final UnaryOperator<String> names;
    private final RowsFile rows;

    /**
     * Begins the file.
     *
     * @param file whose extension decides the form
     * @param names what images are called in it, by their own names
     */
    PredictionsFile(Path file, ModelInfo info, UnaryOperator<String> names) {
        this.names = names;
        this.info = info;
        this.rows = new RowsFile(file, PredictionRows.columns(info.task(), info.labels()));
    }

    @Override
    public void accept(AnsweredImage image) {
        String path = names.apply(image.image().name());
        rows.add(
                () -> PredictionRows.cells(path, image, info.labels()),
                () -> PredictionRows.json(path, image, info.labels()));
    }

    /** The file is whole and takes its name. */
    void publish() {
        rows.publish();
    }

    /** Deletes what was not published. */
    @Override
    public void close() {
        rows.close();
    }
}
