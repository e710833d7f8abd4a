package org.elasticvision.train.cli.progress;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.elasticvision.convert.SafetensorsExport;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.outcome.ModelExport;
import org.elasticvision.train.outcome.RunReport;
import org.elasticvision.train.run.TrainingResult;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.StopSignal;

/**
 * What comes after the last epoch: the best network becomes a model, which is held against LibTorch, and a report is written.
 */
record TrainingEnd(TrainingJob job, RunReport report, PrintWriter out) {
    private static final int IMAGES_COMPARED = 64;

    /** Does it all; the exit code of the command, or none if it was asked to stop before all was done. */
    OptionalInt reach(TrainingResult result, StopSignal stop, Consumer<String> note) {
        if (stop.isStopped()) {
            return OptionalInt.empty();
        }
        Path model = job.model();
        ModelExport.Export exported = ModelExport.export(result.best(), model, job.validation(), IMAGES_COMPARED, stop);
        if (stop.isStopped()) {
            return OptionalInt.empty();
        }
        boolean agrees = exported.agrees();
        out.printf(
                Locale.ROOT,
                "%s: the best network%s, %.2f %% error; on %d validation images it differs from LibTorch by %.1e of the"
                        + " largest output, %.2f %% same answers%s%n",
                model,
                job.recipe().ema().isPresent() ? ", with the moving average (EMA) of its weights" : "",
                result.bestError(),
                exported.images(),
                exported.relativeError(),
                100 * exported.sameAnswers(),
                agrees ? "" : ": TOO MUCH, do not use it and please report this");
        job.settings().results().weights().ifPresent(file -> exportWeights(result.best(), file));
        String title = job.architecture().id() + ", " + job.task().id();
        String command = CommandText.of(Stream.concat(Stream.of("train"), job.settings().notes().stream())
                .toArray());
        Map<String, String> best =
                Map.of(job.task().scoreName(), String.format(Locale.ROOT, "%.2f %%", 100 - result.bestError()));
        report.finish(title, command, best, model, note);
        out.println(job.folder().resolve("report.html") + ": curves and predictions");
        return OptionalInt.of(agrees ? 0 : 1);
    }

    private void exportWeights(Path checkpoint, Path file) {
        try (Checkpoint best = Checkpoint.open(checkpoint)) {
            SafetensorsExport.write(
                    best,
                    file,
                    TrainingCheckpoint.averageEntry(best),
                    Optional.of(job.architecture()),
                    Optional.of(job.task()),
                    out::println);
        }
        out.println(file + ": the weights of the best network");
    }
}
