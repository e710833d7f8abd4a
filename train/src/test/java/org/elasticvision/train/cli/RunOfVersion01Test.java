package org.elasticvision.train.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointForm;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.dataset.IdxFiles;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.SavedParameterGroup;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.checkpoint.TrainingState;
import org.elasticvision.train.checkpoint.TrainingSummary;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.recipe.Schedule;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.SavedValues;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.elasticvision.train.torch.device.TorchSettings;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs as version 0.1 has kept them: {@code runs-of-0.1.tsv} is from its own checkpoints. */
class RunOfVersion01Test {
    /** The first field of a recipe that 0.1 did not have. */
    private static final String NEWER = ", batchNormSharing=";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    @BeforeAll
    static void data() throws IOException {
        ShapesDataset.write(shared.resolve("DATA"), new ShapesOptions(24, 8, 48, 1));
        Files.createDirectories(shared.resolve("IDX"));
        IdxFiles.write(shared.resolve("IDX"), "train", "-", "", 12, 28, 28);
        IdxFiles.write(shared.resolve("IDX"), "t10k", "-", "", 12, 28, 28);
        Files.createDirectories(shared.resolve("FILES"));
        Files.writeString(shared.resolve("FILES/names.txt"), "a\nb\nc\nd\ne\nf\n");
    }

    record Kept(String name, String recipe, List<String> words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kept> runs() throws IOException {
        try (InputStream in = RunOfVersion01Test.class.getResourceAsStream("runs-of-0.1.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split("\t"))
                            .map(columns -> new Kept(columns[0], columns[1], words(columns[2])))
                            .toList()
                            .stream();
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" "))
                .map(word -> word.replaceAll("DATA|IDX|FILES|RUN", shared + "/$0"))
                .toList();
    }

    private static RunSettings settings(Kept run) {
        SavedValues saved = new SavedValues(shared.resolve("none.pth.tar"), Map.of("notes", run.words()));
        assertThat(RunOfVersion01.hasCommand(saved)).isTrue();
        return RunOfVersion01.settings(saved, (task, source) -> source);
    }

    private static RunSettings settings(String name) throws IOException {
        return settings(
                runs().filter(run -> run.name().equals(name)).findFirst().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("runs")
    void trainsByTheSameRecipe(Kept run) {
        RunSettings settings = settings(run);
        Recipe recipe = settings.recipe();
        String schedule = recipe.schedule().describe(recipe.epochs());
        String text = recipe.toString();
        int newer = text.indexOf(NEWER);
        assertThat(text.substring(0, newer)
                        .replace("accumulationSteps=", "accumulate=")
                        .replace("optimizer=sgd, ", "")
                        .replaceFirst("schedule=.*, warmupEpochs", "schedule=" + schedule + ", warmupEpochs"))
                .isEqualTo(run.recipe().replaceFirst("]$", ""));
        String published = Recipe.published(Task.CLASSIFICATION, Architecture.of("resnext50"))
                .toString();
        assertThat(text.substring(newer))
                .as("what came later")
                .isEqualTo(published.substring(published.indexOf(NEWER)));
        assertThat(settings.notes()).isEqualTo(run.words());
        assertThat(settings.torch().threads()).hasValue(1);
    }

    @Test
    void theRestIsAsItWasToo() throws IOException {
        RunSettings decay = settings("cls_decay");
        assertThat(decay.recipe().schedule()).isEqualTo(new Schedule.AfterEpochs(List.of(1, 3)));
        assertThat(decay.torch().activationCheckpointing()).isTrue();
        RunSettings recipe = settings("cls_recipe");
        assertThat(recipe.data().orElseThrow().augmentation())
                .isEqualTo(Augmentation.published().withFlip(0).withAreaMin(0.5));
        assertThat(recipe.seed()).isEqualTo(5);
        assertThat(recipe.loading()).isEqualTo(new RunSettings.Loading(OptionalInt.of(2), false));
        assertThat(recipe.torch().channelsLast()).isFalse();
        assertThat(settings("cls_bf16").torch())
                .isEqualTo(new TorchSettings("auto", TrainingPrecision.BFLOAT16, true, false, OptionalInt.of(1)));
        assertThat(settings("cls_bf16").data().orElseThrow().augmentation()).isEqualTo(Augmentation.none());
        RunSettings idx = settings("cls_idx");
        assertThat(idx.data().orElseThrow().augmentation()).isEqualTo(Augmentation.forSmall(28));
        assertThat(idx.preprocessing().height()).isEqualTo(28);
        assertThat(settings("cls_init").initFrom())
                .hasValue(new RunSettings.InitialWeights(
                        shared.resolve("FILES/model_best.pth.tar"), Optional.of("state_dict")));
        assertThat(settings("cls_legacy").results())
                .isEqualTo(new RunSettings.Results(
                        CheckpointForm.LEGACY,
                        Optional.of(shared.resolve("FILES/onnx")),
                        Optional.of(shared.resolve("FILES/safetensors"))));
        RunSettings upright = settings("photos_upright");
        assertThat(upright.data().orElseThrow().source())
                .isEqualTo(DataSource.of(shared.resolve("DATA")).withByOrder(true));
        assertThat(upright.labels()).hasSize(6);
        assertThat(upright.loading().skipBad()).isTrue();
        assertThat(settings("seg_head").data().orElseThrow().augmentation())
                .isEqualTo(Augmentation.published().withFlip(0.25).withScale(0.8, 1.2));
        assertThat(settings("seg_steps").torch().device()).isEqualTo("cpu");
        Path coco = shared.resolve("DATA");
        assertThat(settings("ml_parts").data().orElseThrow().source())
                .isEqualTo(DataSource.of(
                        new CocoFiles(coco.resolve("annotations/instances_train2014.json"), coco.resolve("train2014")),
                        new CocoFiles(coco.resolve("annotations/instances_val2014.json"), coco.resolve("val2014"))));
    }

    private String run(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine command =
                ElasticCommandLine.create().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        assertThat(command.execute(arguments)).as(out.toString()).isZero();
        return out.toString();
    }

    /** The same run, once with settings and once as version 0.1 would have left it. */
    @Test
    void goesOnAsARunWithSettings() throws IOException {
        Path now = folder.resolve("now");
        run(
                "train",
                shared.resolve("DATA").toString(),
                "--arch=resnext_tiny_elastic",
                "--input-size=48",
                "--epochs=1",
                "--batch=8",
                "--accumulate=2",
                "--flip=0.2",
                "--schedule=cosine",
                "--seed=3",
                "--threads=1",
                "-o",
                now.toString());
        Path then = Files.createDirectories(folder.resolve("then"));
        Files.copy(now.resolve("metrics.jsonl"), then.resolve("metrics.jsonl"));
        writeAsVersion01(now.resolve("checkpoint.pth.tar"), then.resolve("checkpoint.pth.tar"));
        run("train", "--resume", now.toString(), "--epochs=2", "--flip=0.4");
        run("train", "--resume", then.toString(), "--epochs=2", "--flip=0.4");
        assertThat(losses(then)).hasSize(2).isEqualTo(losses(now));
        try (TrainingCheckpoint first = TrainingCheckpoint.open(now.resolve("checkpoint.pth.tar"));
                TrainingCheckpoint second = TrainingCheckpoint.open(then.resolve("checkpoint.pth.tar"))) {
            RunSettings expected = RunSettings.of(first);
            assertThat(RunSettings.of(second).with(run -> run.notes(expected.notes())))
                    .isEqualTo(expected);
            assertThat(second.tensor("fc.weight").toFloats())
                    .isEqualTo(first.tensor("fc.weight").toFloats());
        }
    }

    private static List<String> losses(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll(",\"images_per_second.*", ""))
                .toList();
    }

    private static void writeAsVersion01(Path from, Path to) {
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(from);
                Checkpoint names = Checkpoint.open(from)) {
            TrainingSummary summary = checkpoint.summary();
            Map<String, Object> training = new LinkedHashMap<>(summary.training());
            assertThat(training.remove("settings")).isNotNull();
            assertThat(training.remove("validation_totals")).isNotNull();
            TrainingCheckpoint.write(
                    to,
                    new TrainingSummary(
                            summary.architecture(), summary.model(), summary.epoch(), summary.bestError(), training),
                    new Copy(checkpoint, List.copyOf(names.stateDict().names())));
        }
    }

    private record Copy(TrainingCheckpoint checkpoint, List<String> names) implements TrainingState {
        @Override
        public SavedTensor tensor(String name) {
            CheckpointTensor tensor = checkpoint.tensor(name);
            return name.endsWith("num_batches_tracked")
                    ? SavedTensor.longs(tensor.shape(), () -> new long[] {(long) tensor.toDoubles()[0]})
                    : SavedTensor.floats(tensor.shape(), tensor::toFloats);
        }

        @Override
        public Map<String, SavedTensor> optimizerState(String name) {
            Map<String, SavedTensor> state = new LinkedHashMap<>();
            checkpoint
                    .optimizerState(name)
                    .forEach((entry, tensor) -> state.put(entry, SavedTensor.floats(tensor.shape(), tensor::toFloats)));
            return state;
        }

        @Override
        public List<SavedParameterGroup> groups() {
            return checkpoint.groups();
        }
    }
}
