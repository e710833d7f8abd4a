package org.elasticvision.runtime.cli.evaluation;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.elasticvision.runtime.cli.rows.RowsFile;
import org.elasticvision.runtime.evaluation.Evaluation.AnsweredImage;
import org.elasticvision.runtime.model.ModelInfo;

/** A row for each answered image, beside its truth. For one thread. */
final class PredictionsFile implements Consumer<AnsweredImage>, AutoCloseable {
    private final ModelInfo info;
    private final RowsFile rows;

    /** Begins the file. Its name's extension decides its form. */
    PredictionsFile(Path file, ModelInfo info) {
        this.info = info;
        this.rows = new RowsFile(file, PredictionRows.columns(info.task(), info.labels()));
    }

    @Override
    public void accept(AnsweredImage image) {
        rows.add(() -> PredictionRows.cells(image, info.labels()), () -> PredictionRows.json(image, info.labels()));
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
