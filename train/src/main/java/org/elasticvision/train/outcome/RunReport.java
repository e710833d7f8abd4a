package org.elasticvision.train.outcome;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.report.classes.ClassReport;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.MetricsRecord;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.report.Report;
import org.elasticvision.train.report.Run;
import org.elasticvision.train.report.RunPictures;
import org.elasticvision.train.report.Sample;
import org.elasticvision.train.run.totals.ValidationTotals;
import org.elasticvision.train.settings.TrainingJob;

/**
 * What a run leaves beside its checkpoints: {@code metrics.csv} and {@code metrics.jsonl} with a line for each epoch, and at
 * the end {@code curves-*.png}, {@code predictions.png}, {@code classes.csv} and {@code report.html}. For one thread.
 */
public final class RunReport implements TrainingListener {
    private static final String METRICS = "metrics";
    private static final int SAMPLES = 24;

    private final TrainingJob job;
    private final MetricsLog log;

    private RunReport(TrainingJob job, MetricsLog log) {
        this.job = job;
        this.log = log;
    }

    /**
     * For a new run.
     *
     * @param job what is trained, how and where
     * @return the report
     */
    public static RunReport start(TrainingJob job) {
        return new RunReport(job, MetricsLog.start(job.folder(), METRICS));
    }

    /**
     * For a run that goes on from its last checkpoint.
     *
     * @param job what is trained, how and where
     * @return the report
     */
    public static RunReport resume(TrainingJob job) {
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(new CheckpointFolder(job.folder()).lastFile())) {
            int epochs = checkpoint.summary().epoch();
            return new RunReport(job, MetricsLog.resume(job.folder(), METRICS, epochs));
        }
    }

    @Override
    public void measured(EpochSummary summary) {
        log.add(MetricsRecord.of(summary));
        HeldOutList.write(job);
    }

    /** {@return the records so far, in order} */
    public List<MetricsRecord> records() {
        return log.records();
    }

    /**
     * Writes curves, predictions and the page.
     *
     * @param title of the run on the page
     * @param command that repeats it; may be empty
     * @param best the results by what they are
     * @param model the exported one, which is asked for predictions
     * @param note receives a note of what cannot be drawn here
     * @return what the page says, for a page about several runs
     */
    public Run finish(String title, String command, Map<String, String> best, Path model, Consumer<String> note) {
        List<Sample> samples = ValidationSamples.of(job, model, SAMPLES);
        Optional<ClassReport> classes = classes();
        classes.ifPresent(report -> {
            byte[] table = report.csv().getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(job.folder().resolve("classes.csv"), out -> out.write(table));
        });
        Run run = new Run(title, "", command, best, facts(), log.records(), samples, classes);
        new Report(title, "", List.of(run), List.of()).write(job.folder().resolve("report.html"));
        RunPictures.write(log.records(), samples, job.folder(), note);
        return run;
    }

    /** As the validation counted that the best network had; empty where its checkpoint is of an older version, or gone. */
    private Optional<ClassReport> classes() {
        Path best = new CheckpointFolder(job.folder()).bestFile();
        if (!Files.exists(best)) {
            return Optional.empty();
        }
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(best)) {
            return ValidationTotals.measures(checkpoint).map(measures -> ClassReport.of(measures, job.labels()));
        }
    }

    /** {@return what the run was given, as tables by their titles} */
    public Map<String, Map<String, String>> facts() {
        Recipe recipe = job.recipe();
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("epochs", Integer.toString(recipe.epochs()));
        rows.put(
                "batch",
                recipe.batchSize()
                        + (recipe.accumulationSteps() > 1
                                ? " in " + recipe.accumulationSteps() + " micro-batches"
                                : ""));
        rows.put("learning rate", Double.toString(recipe.learningRate()));
        rows.put("schedule", recipe.schedule().describe(recipe.epochs()));
        rows.put("warm-up", recipe.warmupEpochs() + " epochs");
        switch (recipe.optimizer()) {
            case SGD -> rows.put("optimizer", "SGD, momentum " + recipe.momentum());
            case ADAMW -> rows.put("optimizer", "AdamW");
        }
        rows.put("weight decay", Double.toString(recipe.weightDecay()));
        rows.put("label smoothing", Double.toString(recipe.labelSmoothing()));
        if (recipe.headMultiplier() != 1) {
            rows.put("learning rate of the head", "times " + recipe.headMultiplier());
        }
        if (!recipe.frozenStages().isEmpty()) {
            rows.put("frozen stages", String.join(", ", recipe.frozenStages()));
        }
        recipe.patience().ifPresent(patience -> rows.put("patience", patience + " epochs"));
        switch (recipe.classWeights()) {
            case NONE -> {}
            case BALANCED -> rows.put("class weights", "balanced");
        }
        recipe.ema().ifPresent(ema -> rows.put("moving average (EMA)", ema.toString()));
        rows.put("seed", Long.toString(job.settings().seed()));
        Map<String, String> data = new LinkedHashMap<>();
        data.put(
                "training images",
                String.format(Locale.ROOT, "%,d", job.training().size()));
        data.put(
                "validation images",
                String.format(Locale.ROOT, "%,d", job.validation().size()));
        job.settings()
                .data()
                .flatMap(settings -> settings.source().heldOut())
                .ifPresent(held -> data.put(
                        "held out for validation",
                        held.share() + " of the training images, by seed " + held.seed() + " (validation.txt)"));
        data.put("classes", Integer.toString(job.labels().size()));
        data.put(
                "input",
                job.preprocessing().height() + "×" + job.preprocessing().width());
        Map<String, String> network = new LinkedHashMap<>();
        network.put("architecture", job.architecture().id());
        network.put("task", job.task().id());
        network.put("device", job.torch().device().toString());
        network.put("precision", job.torch().precision().name().toLowerCase(Locale.ROOT));
        network.put("ElasticVision", Version.current());
        network.put("Java", Runtime.version().toString());
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        facts.put("Network", network);
        facts.put("Recipe", rows);
        facts.put("Data", data);
        return facts;
    }
}
