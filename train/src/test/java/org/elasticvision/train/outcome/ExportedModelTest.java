package org.elasticvision.train.outcome;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.MovingAverage;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.recipe.Schedule;
import org.elasticvision.train.run.Training;
import org.elasticvision.train.run.TrainingResult;
import org.elasticvision.train.run.totals.ValidationTotals;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.device.TorchSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What training measures is what the exported model reaches in the runtime, files of images in. */
class ExportedModelTest {
    private static final int SIDE = 48;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    @BeforeAll
    static void draw() {
        ShapesDataset.write(shared.resolve("shapes"), new ShapesOptions(120, 40, SIDE, 1));
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void reachesInTheRuntimeWhatTrainingMeasured(Task task) {
        assertReaches(task, SIDE);
    }

    /** Both compare with the masks as they were drawn, not with what a network sees of them. */
    @Test
    void soItDoesWithPicturesLargerThanTheInput() {
        assertReaches(Task.SEGMENTATION, SIDE - 16);
    }

    /** The weights themselves are not what was measured. */
    @ParameterizedTest
    @EnumSource(
            value = Task.class,
            names = {"CLASSIFICATION", "SEGMENTATION"})
    void soDoesTheMovingAverageOfTheWeights(Task task) {
        TrainingJob job = job(task, SIDE);
        Recipe recipe = job.recipe().with(with -> with.ema(Optional.of(new MovingAverage(0.7, false))));
        assertReaches(
                task,
                new TrainingJob(
                        job.settings().with(run -> run.recipe(recipe)),
                        job.training(),
                        job.validation(),
                        job.torch(),
                        folder));
    }

    private void assertReaches(Task task, int side) {
        assertReaches(task, job(task, side));
    }

    private void assertReaches(Task task, TrainingJob job) {
        TrainingResult result = Training.start(job, new TrainingListener() {}, new StopSignal());
        Path file = folder.resolve("model.onnx");
        ModelExport.export(result.best(), file, job.validation(), 8);
        try (Model<?> model =
                Model.open(file, ModelOptions.defaults().withThreads(1).withOrientation(Orientation.IGNORE_EXIF))) {
            double score = Evaluation.of(model.info(), shared.resolve("shapes"))
                    .run(model, new Evaluation.Options(2, false), done -> {})
                    .measures()
                    .score();
            // Rounding may turn a pixel; an image that is read otherwise turns many.
            assertThat(score).isEqualTo(100 - result.bestError(), within(task == Task.SEGMENTATION ? 0.01 : 1e-9));
            assertThat(score).isGreaterThan(8);
        }
        try (TrainingCheckpoint best = TrainingCheckpoint.open(result.best())) {
            Measures counted = ValidationTotals.measures(best).orElseThrow();
            assertThat(counted.error()).isEqualTo(result.bestError());
            assertThat(counted.images()).isEqualTo(job.validation().size());
        }
    }

    private TrainingJob job(Task task, int side) {
        Architecture tiny = Architecture.of("resnext_tiny_elastic");
        double rate = task == Task.MULTI_LABEL ? 0.003 : 0.05;
        return RunSettings.of(tiny, task, DataSource.of(shared.resolve("shapes")), side)
                .with(run -> run.recipe(Recipe.published(task, tiny).with(recipe -> recipe.epochs(2)
                                .batchSize(8)
                                .learningRate(rate)
                                .weightDecay(1e-4)
                                .schedule(new Schedule.Cosine())))
                        .torch(TorchSettings.defaults().withDevice("cpu"))
                        .loading(new RunSettings.Loading(OptionalInt.of(2), false)))
                .open(folder, note -> {});
    }
}
