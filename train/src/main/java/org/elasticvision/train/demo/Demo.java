package org.elasticvision.train.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.outcome.ModelExport;
import org.elasticvision.train.outcome.RunReport;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.report.Comparison;
import org.elasticvision.train.report.Comparison.Compared;
import org.elasticvision.train.report.Report;
import org.elasticvision.train.report.Run;
import org.elasticvision.train.run.Training;
import org.elasticvision.train.run.TrainingResult;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.shapes.ShapeKind;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.device.TorchSettings;

/**
 * Draws pictures, trains a small Elastic network for each task on them, exports the networks and measures the exported models
 * on held-out pictures; if asked to, does the same with a network that is not Elastic, and compares. What an earlier
 * start has finished is not done again; what it was in the middle of is resumed.
 */
public final class Demo {
    private static final int IMAGES_COMPARED = 64;
    private static final int BATCH = 8;

    private final Path folder;
    private final DemoPlan plan;
    private final int threads;
    private final TrainingListener listener;
    private final StopSignal stop;

    /**
     * @param folder for everything; is made
     * @param plan which networks, and how long
     * @param threads that read pictures
     * @param listener receives every step, and as notes what comes next
     * @param stop ends it early when asked to
     */
    public Demo(Path folder, DemoPlan plan, int threads, TrainingListener listener, StopSignal stop) {
        this.folder = folder;
        this.plan = plan;
        this.threads = threads;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * {@return the Elastic model of a task}
     *
     * @param task what the network is for
     */
    public Path model(Task task) {
        return folder(DemoNetwork.ELASTIC, task).resolve("model.onnx");
    }

    /** {@return the page with the results} */
    public Path report() {
        return folder.resolve("report.html");
    }

    /** {@return a held-out picture to try} */
    public Path picture() {
        return data().resolve("VOC2012/JPEGImages/val_000001.png");
    }

    private Path data() {
        return folder.resolve("data");
    }

    /**
     * Does it all.
     *
     * @return false if it was stopped
     * @throws ElasticVisionException if the folder holds something else or cannot be written
     */
    public boolean run() {
        listener.note(String.format(
                Locale.ROOT,
                "drawing %,d pictures of %dx%d pixels",
                plan.shapes().training() + plan.shapes().validation(),
                plan.shapes().size(),
                plan.shapes().size()));
        CheckpointFolder.create(folder);
        ShapesDataset.write(data(), plan.shapes());
        List<Run> runs = new ArrayList<>();
        Map<Task, List<Compared>> compared = new EnumMap<>(Task.class);
        for (DemoNetwork network : plan.networks()) {
            for (Task task : DemoPlan.ORDER) {
                Optional<Run> run = train(network, task);
                if (run.isEmpty()) {
                    return false;
                }
                compared.computeIfAbsent(task, key -> new ArrayList<>())
                        .add(new Compared(
                                network.title(), run.get().best(), run.get().records()));
                if (network == DemoNetwork.ELASTIC) {
                    runs.add(run.get());
                }
            }
        }
        new Report(
                        "ElasticVision demo",
                        "Drawn shapes, and a small Elastic network for each task that was trained on them from nothing. The"
                                + " first one learns from every pixel; each of the others starts from the weights of the one before.",
                        runs,
                        plan.networks().size() > 1 ? comparisons(compared) : List.of())
                .write(report());
        return true;
    }

    private static List<Comparison> comparisons(Map<Task, List<Compared>> compared) {
        List<Comparison> comparisons = new ArrayList<>();
        compared.forEach((task, runs) -> comparisons.add(new Comparison(
                "Elastic and not: " + task,
                "Two networks of the same cost, trained alike from the same seed. One run each: differences of a point are"
                        + " chance.",
                List.of("val_error", "val_loss"),
                runs)));
        return comparisons;
    }

    /** Empty if it was stopped. */
    private Optional<Run> train(DemoNetwork network, Task task) {
        TrainingJob job = job(network, task);
        boolean resuming = hasCheckpoint(job.folder());
        listener.note(String.format(
                Locale.ROOT,
                "%s: %s, %d epochs over %,d pictures",
                task.id(),
                job.architecture(),
                job.recipe().epochs(),
                job.training().size()));
        RunReport report = resuming ? RunReport.resume(job) : RunReport.start(job);
        TrainingListener both = TrainingListener.all(report, listener);
        TrainingResult result = resuming ? Training.resume(job, both, stop) : Training.start(job, both, stop);
        if (!result.finished() || stop.isStopped()) {
            return Optional.empty();
        }
        try {
            return finish(task, job, report, result);
        } catch (RuntimeException e) {
            if (stop.isStopped()) { // where Java is ending some libraries load no more
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether a run is resumed, if need be from the checkpoint before a damaged one. */
    private boolean hasCheckpoint(Path run) {
        CheckpointFolder checkpoints = new CheckpointFolder(run);
        if (Files.exists(checkpoints.previousFile()) && !CheckpointFolder.isWhole(checkpoints.lastFile())) {
            checkpoints.restorePrevious();
            listener.note(checkpoints.lastFile() + " is damaged or missing: resuming from the checkpoint before it");
        }
        return checkpoints.last().isPresent();
    }

    /** Exports and measures; empty if it was stopped. */
    private Optional<Run> finish(Task task, TrainingJob job, RunReport report, TrainingResult result) {
        Path model = job.model();
        ModelExport.Export export = ModelExport.export(result.best(), model, job.validation(), IMAGES_COMPARED, stop);
        if (stop.isStopped()) {
            return Optional.empty();
        }
        if (!export.agrees()) {
            throw new ElasticVisionException(model + ": differs from LibTorch by " + export.relativeError()
                    + " of the largest output; please report this");
        }
        String score = score(model);
        listener.note(String.format(
                Locale.ROOT,
                "%s: %s %s on %,d held-out pictures",
                model,
                task.scoreName(),
                score,
                job.validation().size()));
        return Optional.of(report.finish(task.id(), "", Map.of(task.scoreName(), score), model, listener::note));
    }

    /** What the exported model reaches in the runtime, asked with the files of the held-out pictures. */
    private String score(Path file) {
        ModelOptions options =
                ModelOptions.defaults().forCallers(threads, threads).withBatch(BATCH);
        try (Model<?> model = Model.open(file, options)) {
            Measures measures = Evaluation.of(model.info(), data())
                    .run(model, new Evaluation.Options(threads, false), done -> {})
                    .measures();
            return String.format(Locale.ROOT, "%.2f %%", measures.score());
        }
    }

    private Path folder(DemoNetwork network, Task task) {
        return network.folder(folder).resolve(task.id());
    }

    /** The network of the task before. */
    private Optional<Path> initFrom(DemoNetwork network, Task task) {
        int place = DemoPlan.ORDER.indexOf(task);
        return place == 0
                ? Optional.empty()
                : Optional.of(folder(network, DemoPlan.ORDER.get(place - 1)).resolve("model_best.pth.tar"));
    }

    private TrainingJob job(DemoNetwork network, Task task) {
        int size = plan.shapes().size();
        Preprocessing preprocessing = Preprocessing.published(task.isPerPixel() ? task : Task.MULTI_LABEL, size, size);
        List<Label> labels = ShapeKind.labels(task);
        RunSettings settings = RunSettings.of(network.architecture(), task, labels, preprocessing)
                .with(run -> run.data(new RunSettings.Data(DataSource.of(data()), plan.augmentation(task)))
                        .loading(new RunSettings.Loading(OptionalInt.of(threads), false))
                        .recipe(plan.recipe(task))
                        .torch(TorchSettings.defaults().withDevice("cpu"))
                        .initFrom(initFrom(network, task)
                                .map(file -> new RunSettings.InitialWeights(file, Optional.empty()))));
        return settings.open(folder(network, task), note -> {});
    }
}
