package org.elasticvision.runtime.cli.evaluation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.evaluation.Evaluation.AnsweredImage;
import org.elasticvision.runtime.evaluation.report.EvaluationReport;
import org.elasticvision.runtime.io.AtomicFile;

/** Sees the answers of one evaluation and writes what was asked for about them. For one thread. */
public final class AnswerSink implements Consumer<AnsweredImage>, AutoCloseable {
    private final Optional<Path> page;
    private final Optional<EvaluationReport> report;
    private final Optional<PredictionsFile> predictions;

    AnswerSink(Optional<Path> page, Optional<EvaluationReport> report, Optional<PredictionsFile> predictions) {
        this.page = page;
        this.report = report;
        this.predictions = predictions;
    }

    @Override
    public void accept(AnsweredImage image) {
        report.ifPresent(one -> one.accept(image));
        predictions.ifPresent(one -> one.accept(image));
    }

    /**
     * Writes all, when the last image has been answered.
     *
     * @param model that was measured
     * @param file of the model
     * @param result of the evaluation
     */
    public void finish(Model<?> model, Path file, Evaluation.Result result) {
        predictions.ifPresent(PredictionsFile::publish);
        report.ifPresent(one -> {
            String html = one.html(file.getFileName().toString(), result, model.orientation());
            AtomicFile.write(page.orElseThrow(), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
        });
    }

    /** Takes away what is not whole. */
    @Override
    public void close() {
        predictions.ifPresent(PredictionsFile::close);
    }
}
