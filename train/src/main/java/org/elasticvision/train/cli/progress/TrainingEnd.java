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
import org.elasticvision.train.quantization.QuantizationAwareTraining;
import org.elasticvision.train.run.TrainingResult;
import org.elasticvision.train.settings.QuantizedTraining;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.StopSignal;

/**
 * What comes after the last epoch: the best network becomes a model, which is held against LibTorch, and a report is written; where it is wanted,
 * quantization-aware training follows.
 */
record TrainingEnd(TrainingJob job, RunReport report, PrintWriter out, PrintWriter err) {
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
        out.flush();
        Optional<QuantizedTraining> quantized = job.settings().quantized();
        return agrees && quantized.isPresent()
                ? trainOn(quantized.get(), result, stop)
                : OptionalInt.of(agrees ? 0 : 1);
    }

    /** Quantization-aware training; the exit code, or none if it was asked to stop. */
    private OptionalInt trainOn(QuantizedTraining settings, TrainingResult result, StopSignal stop) {
        Path int8 = job.int8Model().orElseThrow();
        Optional<QuantizationAwareTraining.Result> trained;
        try (TrainingDisplay display = new TrainingDisplay(out, err, "QAT epoch")) {
            display.note(String.format(
                    Locale.ROOT,
                    "quantization-aware training for %s with %s weights, %d %s; ranges are measured on training images first",
                    settings.target(),
                    settings.weights().id(),
                    settings.epochs(),
                    settings.epochs() == 1 ? "epoch" : "epochs"));
            trained = QuantizationAwareTraining.run(job, settings, job.model(), int8, display, stop);
        }
        if (trained.isEmpty()) {
            return OptionalInt.empty();
        }
        QuantizationAwareTraining.Result done = trained.get();
        out.printf(
                Locale.ROOT,
                "%s: int8 for %s, %d layers in 8 bits, %.2f %% error (fp32 %.2f %%, quantized without training %.2f %%); on %d"
                        + " validation images %.1f dB from LibTorch's fake quantization, %.2f %% same answers%s%n",
                int8,
                settings.target(),
                done.layers(),
                done.after().error(),
                result.bestError(),
                done.before().error(),
                done.compared().images(),
                done.compared().agreement().signalToNoise(),
                100 * done.compared().agreement().top1(),
                done.agrees() ? "" : ": TOO FAR, do not use it and please report this");
        return OptionalInt.of(done.agrees() ? 0 : 1);
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
