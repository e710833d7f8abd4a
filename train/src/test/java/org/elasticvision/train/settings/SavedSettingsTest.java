package org.elasticvision.train.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Int8Weights;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;
import org.elasticvision.train.checkpoint.TrainingSummary;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.HeldOut;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.data.transform.randaugment.RandAugment;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.recipe.ClassWeights;
import org.elasticvision.train.recipe.MovingAverage;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.recipe.Schedule;
import org.elasticvision.train.torch.device.TorchSettings;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a checkpoint keeps of a run's settings comes back as it was. */
class SavedSettingsTest {
    @TempDir
    private Path folder;

    private static RunSettings published(Task task) {
        return RunSettings.of(
                Architecture.of("resnext_tiny_elastic"),
                task,
                Labels.numbered(3),
                Preprocessing.published(task, 48, 40).withView(View.STORED));
    }

    private RunSettings throughAFile(RunSettings settings, Map<String, Object> changes) {
        Map<String, Object> training = new LinkedHashMap<>();
        settings.addTo(training);
        Map<String, Object> saved = new LinkedHashMap<>();
        ((Map<?, ?>) training.get("settings")).forEach((key, value) -> saved.put(key.toString(), value));
        saved.putAll(changes);
        training.put("settings", saved);
        Path file = folder.resolve("values.pth.tar");
        CheckpointWriter.write(file, Map.of("training", training));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Map<String, Object> read = new LinkedHashMap<>();
            ((Map<?, ?>) checkpoint.root().get("training")).forEach((key, value) -> read.put(key.toString(), value));
            return SavedSettings.of(file, summary(settings, read));
        }
    }

    private static TrainingSummary summary(RunSettings settings, Map<String, Object> training) {
        ModelEntry model = ModelEntry.of(settings.task(), settings.labels(), settings.preprocessing());
        return new TrainingSummary(settings.architecture(), model, 1, 50, training);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void whatIsPublished(Task task) {
        RunSettings settings = published(task);
        assertThat(throughAFile(settings, Map.of())).isEqualTo(settings);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void allThatCanBeOtherwise(Task task) {
        RunSettings settings = published(task).with(run -> run.data(new RunSettings.Data(
                        DataSource.of(folder.resolve("data"))
                                .withByOrder(true)
                                .withHeldOut(Optional.of(new HeldOut(0.15, -3))),
                        Augmentation.forSmall(28)
                                .withFlip(0.25)
                                .withErasing(0.2)
                                .withRandAugment(Optional.of(new RandAugment(3, 14)))
                                .withMixUp(0.2)
                                .withCutMix(1)))
                .loading(new RunSettings.Loading(OptionalInt.of(3), true))
                .recipe(run(task))
                .torch(new TorchSettings("cuda:1", TrainingPrecision.BFLOAT16, false, true, OptionalInt.of(7)))
                .seed(-5_000_000_000L)
                .initFrom(Optional.of(new RunSettings.InitialWeights(folder.resolve("a.pth"), Optional.of("ema"))))
                .results(new RunSettings.Results(
                        CheckpointForm.LEGACY,
                        Optional.of(folder.resolve("m.onnx")),
                        Optional.of(folder.resolve("w.safetensors")),
                        Optional.of(SaveInterval.of("10m")),
                        Optional.of(RunSettings.Results.TENSORBOARD)))
                .quantized(Optional.of(new QuantizedTraining(Int8Target.TENSORRT, Int8Weights.SEVEN_BITS, 5, 3e-5)))
                .notes(List.of("--lr=1", "größer")));
        assertThat(throughAFile(settings, Map.of())).isEqualTo(settings);
    }

    /** In another process too: a run that was resumed ends with the same file as one that was not. */
    @ParameterizedTest
    @EnumSource(Task.class)
    void theScheduleBeginsWithItsName(Task task) {
        Map<String, Object> training = new LinkedHashMap<>();
        published(task).addTo(training);
        Map<?, ?> recipe = (Map<?, ?>) ((Map<?, ?>) training.get("settings")).get("recipe");
        assertThat(((Map<?, ?>) recipe.get("schedule")).keySet().iterator().next())
                .hasToString("name");
    }

    /** Checkpoints from before images were erased or mixed. */
    @Test
    void whatAnOlderCheckpointDoesNotSayIsOff() {
        RunSettings settings = published(Task.CLASSIFICATION)
                .with(run -> run.data(new RunSettings.Data(
                        DataSource.of(folder.resolve("data")),
                        Augmentation.published().withErasing(0.2).withMixUp(0.2).withCutMix(1))));
        Map<String, Object> older =
                new LinkedHashMap<>(Map.of("crop", "resized", "area_min", 0.08, "ratio_max", 4.0 / 3));
        older.putAll(Map.of("shift", 0L, "flip", 0.5, "scale_min", 0.5, "scale_max", 2.0));
        assertThat(throughAFile(settings, Map.of("augmentation", older))
                        .data()
                        .orElseThrow()
                        .augmentation())
                .isEqualTo(Augmentation.published());
    }

    private static Recipe run(Task task) {
        return Recipe.published(task, Architecture.of("resnext_tiny_elastic")).with(recipe -> recipe.epochs(7)
                .ema(Optional.of(new MovingAverage(0.999, true)))
                .frozenStages(List.of("conv1", "layer1"))
                .patience(OptionalInt.of(4))
                .classWeights(ClassWeights.BALANCED)
                .batchSize(12)
                .accumulationSteps(4)
                .learningRate(0.3)
                .headMultiplier(10)
                .optimizer(OptimizerKind.ADAMW)
                .momentum(0.8)
                .weightDecay(0)
                .warmupEpochs(1.5)
                .labelSmoothing(0.1)
                .freezeBatchNorm(true));
    }

    @Test
    void everySharingOfBatchNormStatistics() {
        for (BatchNormSharing sharing : BatchNormSharing.values()) {
            RunSettings settings = published(Task.CLASSIFICATION)
                    .with(run ->
                            run.recipe(Recipe.published(Task.CLASSIFICATION, Architecture.of("resnext_tiny_elastic"))
                                    .with(recipe -> recipe.batchNormSharing(sharing))));
            assertThat(throughAFile(settings, Map.of())).isEqualTo(settings);
        }
    }

    @Test
    void everyScheduleAndTwoPartsOfMscoco() {
        List<Schedule> all = List.of(
                new Schedule.Steps(List.of(1 / 3., 0.9)),
                new Schedule.AfterEpochs(List.of(2, 5)),
                new Schedule.Polynomial(0.7),
                new Schedule.Cosine());
        assertThat(all)
                .hasOnlyElementsOfTypes(Schedule.class.getPermittedSubclasses())
                .hasSameSizeAs(Schedule.class.getPermittedSubclasses());
        for (Schedule schedule : all) {
            RunSettings settings = published(Task.MULTI_LABEL)
                    .with(run -> run.recipe(run(Task.MULTI_LABEL).with(recipe -> recipe.schedule(schedule)))
                            .data(new RunSettings.Data(
                                    DataSource.of(
                                            new CocoFiles(folder.resolve("a.json"), folder.resolve("a")),
                                            new CocoFiles(folder.resolve("b.json"), folder.resolve("b"))),
                                    Augmentation.none())));
            assertThat(throughAFile(settings, Map.of())).isEqualTo(settings);
        }
    }

    @Test
    void whatCannotBeReadIsSaid() {
        RunSettings settings = published(Task.CLASSIFICATION);
        assertThatThrownBy(() -> throughAFile(settings, Map.of("version", 2)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("its settings are of a later version of ElasticVision");
        assertThatThrownBy(() -> throughAFile(settings, Map.of("seed", "one")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'seed' of its training state is missing or of the wrong kind");
        assertThatThrownBy(() -> throughAFile(settings, Map.of("workers", 0)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("a value of its settings is not allowed: workers 0 must be at least 1");
        assertThatThrownBy(() -> SavedSettings.of(Path.of("old"), summary(settings, Map.of("notes", List.of()))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is of ElasticVision 0.1");
        assertThat(Version.current()).as("0.1 is the line before settings").doesNotStartWith("0.1.");
    }

    /** What is only added by a later version is passed over. */
    @Test
    void whatIsNotKnownIsPassedOver() {
        RunSettings settings = published(Task.SEGMENTATION);
        assertThat(throughAFile(settings, Map.of("ema", 0.999))).isEqualTo(settings);
    }
}
