package org.elasticvision.train.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.recipe.ClassWeights;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code train} writes, and what it says meanwhile. */
class TrainCommandTest {
    private static final String ARCH = "--arch=resnext_tiny_elastic";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final Commands elastic = new Commands();

    @BeforeAll
    static void draw() {
        ShapesDataset.write(shared.resolve("shapes"), new ShapesOptions(48, 12, 48, 1));
    }

    private String data() {
        return shared.resolve("shapes").toString();
    }

    @Test
    void trainsExportsAndGoesOnForMoreEpochs() throws Exception {
        Path run = folder.resolve("run");
        elastic.succeeds("train", data(), ARCH, "--input-size=48", "--epochs=1", "--batch=16", "-o", run.toString());
        assertThat(elastic.out())
                .contains("epoch 1/1")
                .contains("model.onnx: the best network")
                .doesNotContain("left out");
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(2);
        elastic.succeeds("train", "--resume", run.toString(), "--epochs=2");
        assertThat(elastic.out()).contains("epoch 2/2");
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(3);
        elastic.succeeds("predict", run.resolve("model.onnx").toString(), data() + "/val2014/val_000001.png");
        elastic.succeeds("train", "--resume", run.toString());
        assertThat(Files.readString(run.resolve("classes.csv"))).startsWith("index,class,images,top_1_accuracy");
        assertThat(Files.readString(run.resolve("report.html"))).contains("Confusion matrix");
        assertThat(elastic.err())
                .contains("nothing is left to train (more with --epochs); writing " + run.resolve("model.onnx")
                        + " and " + run.resolve("report.html") + " again, from the best network");
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(3);
        elastic.refuses(
                1, "its run has --batch 16, which cannot become 8", "train", "--resume", run.toString(), "--batch=8");
        elastic.refuses(1, "its run has --seed 1", "train", "--resume", run.toString(), "--epochs=3", "--seed=2");
        assertThat(elastic.run("train", data(), ARCH, "--input-size=48", "-o", run.toString()))
                .isEqualTo(2);
        assertThat(elastic.err()).contains("--resume " + run);
    }

    @Test
    void writesEventsForTensorBoardAndGoesOnDoingSo() throws Exception {
        Path run = folder.resolve("run");
        String[] words = {"train", data(), ARCH, "--input-size=48", "--epochs=1", "--batch=16", "-o", run.toString()};
        elastic.succeeds(with(words, "--tensorboard"));
        elastic.succeeds("train", "--resume", run.toString(), "--epochs=2");
        assertThat(run.resolve("tensorboard")).isDirectoryContaining("glob:**/events.out.tfevents.*");
        try (Stream<Path> files = Files.list(run.resolve("tensorboard"))) {
            assertThat(files).hasSize(2);
        }
        Path elsewhere = folder.resolve("events");
        elastic.succeeds("train", "--resume", run.toString(), "--epochs=3", "--tensorboard-dir=" + elsewhere);
        assertThat(elsewhere).isDirectoryContaining("glob:**/events.out.tfevents.*");
        elastic.refuses(
                2,
                "--no-tensorboard and --tensorboard-dir contradict each other",
                "train",
                "--resume",
                run.toString(),
                "--no-tensorboard",
                "--tensorboard-dir=" + elsewhere);
    }

    @Test
    void fineTunesFromWeightsAndKeepsToIt() throws Exception {
        Path first = folder.resolve("first");
        String small = "--input-size=48";
        elastic.succeeds("train", data(), ARCH, small, "--epochs=1", "--batch=16", "-o", first.toString());
        Path run = folder.resolve("run");
        String weights = "--init-from=" + first.resolve("model_best.pth.tar");
        elastic.succeeds(
                "train",
                data(),
                ARCH,
                small,
                weights,
                "--finetune",
                "--epochs=1",
                "--class-weights=balanced",
                "-o",
                run.toString());
        assertThat(elastic.out()).contains("lr 0.0100, head 0.100");
        elastic.succeeds("train", "--resume", run.toString(), "--epochs=2", "--freeze=none", "--patience=5");
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(run.resolve("checkpoint.pth.tar"))) {
            Recipe recipe = RunSettings.of(checkpoint).recipe();
            assertThat(recipe.headMultiplier()).isEqualTo(10);
            assertThat(recipe.frozenStages()).isEmpty();
            assertThat(recipe.patience()).hasValue(5);
            assertThat(recipe.classWeights()).isEqualTo(ClassWeights.BALANCED);
        }
        String page = Files.readString(run.resolve("report.html"));
        assertThat(page).contains("class weights").contains("learning rate of the head");
        assertThat(elastic.out() + elastic.err()).doesNotContain("its classes were others");

        Path renamed = folder.resolve("renamed");
        for (String part : new String[] {"train", "val"}) {
            Files.createDirectories(renamed.resolve(part));
            try (Stream<Path> classes = Files.list(Path.of(data(), part))) {
                for (Path one : classes.toList()) {
                    Files.createSymbolicLink(renamed.resolve(part).resolve("x-" + one.getFileName()), one);
                }
            }
        }
        String other = folder.resolve("other").toString();
        elastic.succeeds("train", renamed.toString(), ARCH, small, weights, "--epochs=1", "--batch=16", "-o", other);
        assertThat(elastic.out() + elastic.err())
                .containsPattern("its classes were others: class 0 was '(\\w+)' and is 'x-\\1' now, and \\d more");
    }

    private static String[] with(String[] words, String more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void saysWhatDoesNotFillABatch() {
        elastic.succeeds("train", data(), ARCH, "--input-size=48", "--epochs=1", "--batch=40", "-o", folder + "/run");
        assertThat(elastic.out())
                .contains("\n8 of 48 training images are left out of each epoch, others each time, as they do not fill"
                        + " a batch of 40\n");
    }

    @Test
    void anotherScheduleTakesThePlaceOfEpochsOfDecay() {
        Path run = folder.resolve("run");
        String[] first = {
            "train", data(), ARCH, "--input-size=48", "--epochs=2", "--decay-at=1", "--batch=16", "-o", run.toString()
        };
        elastic.succeeds(first);
        elastic.succeeds("train", "--resume", run.toString(), "--epochs=3", "--schedule=cosine");
        assertThat(elastic.out()).contains("epoch 3/3");
    }

    @Test
    void mscocoMayLieInParts() {
        String[] parts = {
            "--annotations=" + data() + "/annotations/instances_train2014.json",
            "--images=" + data() + "/train2014",
            "--val-annotations=" + data() + "/annotations/instances_val2014.json",
            "--val-images=" + data() + "/val2014"
        };
        Path run = folder.resolve("run");
        String small = "--input-size=48";
        elastic.succeeds(
                "train",
                parts[0],
                parts[1],
                parts[2],
                parts[3],
                ARCH,
                "--task=multilabel",
                small,
                "--epochs=1",
                "--batch=16",
                "-o",
                run.toString());
        assertThat(elastic.out()).contains("48 training images, 12 validation images");
        elastic.succeeds("train", "--resume", run.toString(), "--epochs=2");
        elastic.refuses(2, "not both", "train", data(), parts[0], ARCH, small, "--task=multilabel");
        elastic.refuses(
                2, "is for --task multilabel", "train", parts[0], parts[1], parts[2], ARCH, "--task=classification");
        elastic.refuses(2, "--val-annotations go together", "train", parts[0], parts[2], ARCH, "--task=multilabel");
        elastic.refuses(
                2, "masks hold class indices", "train", data(), ARCH, small, "--task=segmentation", "--by-order");
    }

    @Test
    void writesTheOldFormAndTheWeightsAlone() throws Exception {
        Path run = folder.resolve("old");
        Path weights = folder.resolve("best.safetensors");
        elastic.succeeds(
                "train",
                data(),
                ARCH,
                "--input-size=48",
                "--epochs=1",
                "--batch=16",
                "--legacy-checkpoint",
                "--export-safetensors=" + weights,
                "-o",
                run.toString());
        assertThat(elastic.out()).contains("best.safetensors: the weights of the best network");
        Path best = run.resolve("model_best.pth.tar");
        // A pickle of protocol 2 that begins with the magic number; a zip file begins with PK.
        assertThat(Files.readAllBytes(best)).startsWith(0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46);
        try (Checkpoint expected = Checkpoint.open(best);
                Checkpoint actual = Checkpoint.open(weights)) {
            assertThat(actual.architecture()).contains("resnext_tiny_elastic");
            assertThat(ModelEntry.of(actual)).isEqualTo(ModelEntry.of(expected)).isPresent();
            assertThat(actual.stateDict().names())
                    .containsExactlyInAnyOrderElementsOf(expected.stateDict().names());
            for (CheckpointTensor tensor : expected.stateDict()) {
                assertThat(actual.stateDict().get(tensor.name()).toDoubles()).isEqualTo(tensor.toDoubles());
            }
        }
        elastic.succeeds("train", "--resume", run.toString(), "--epochs=2");
        assertThat(Files.readAllBytes(run.resolve("checkpoint.pth.tar"))).startsWith(0x80, 0x02, 0x8a);
    }
}
