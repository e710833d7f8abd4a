package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class TrainCommandTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void draw() {
        ShapesDataset.write(shared.resolve("shapes"), new ShapesOptions(48, 12, 48, 1));
    }

    private int run(String... arguments) {
        CommandLine command =
                ElasticCommandLine.create().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    private String data() {
        return shared.resolve("shapes").toString();
    }

    private String arch() {
        return "--arch=resnext_tiny_elastic";
    }

    @Test
    void trainsExportsAndGoesOnForMoreEpochs() throws Exception {
        Path run = folder.resolve("run");
        assertThat(run("train", data(), arch(), "--input-size=48", "--epochs=1", "--batch=16", "-o", run.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("epoch 1/1")
                .contains("model.onnx: the best network")
                .doesNotContain("left out");
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(2);
        assertThat(run("train", "--resume", run.toString(), "--epochs=2"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("epoch 2/2");
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(3);
        assertThat(run("predict", run.resolve("model.onnx").toString(), data() + "/val2014/val_000001.png"))
                .as(err.toString())
                .isZero();
        assertThat(run("train", "--resume", run.toString())).as(err.toString()).isZero();
        assertThat(err.toString())
                .contains("all 2 epochs were done before (more with --epochs); writing " + run.resolve("model.onnx")
                        + " and " + run.resolve("report.html") + " again, from the best network");
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(3);
        err.getBuffer().setLength(0);
        check(1, "its run has --batch 16, which cannot become 8", "train", "--resume", run.toString(), "--batch=8");
        check(1, "its run has --seed 1", "train", "--resume", run.toString(), "--epochs=3", "--seed=2");
        assertThat(run("train", data(), arch(), "--input-size=48", "-o", run.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--resume " + run);
    }

    @Test
    void saysWhatDoesNotFillABatch() {
        assertThat(run("train", data(), arch(), "--input-size=48", "--epochs=1", "--batch=40", "-o", folder + "/run"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("\n8 of 48 training images are left out of each epoch, others each time, as they do not fill"
                        + " a batch of 40\n");
    }

    @Test
    void anotherScheduleTakesThePlaceOfEpochsOfDecay() {
        Path run = folder.resolve("run");
        String[] first = {
            "train", data(), arch(), "--input-size=48", "--epochs=2", "--decay-at=1", "--batch=16", "-o", run.toString()
        };
        assertThat(run(first)).as(err.toString()).isZero();
        assertThat(run("train", "--resume", run.toString(), "--epochs=3", "--schedule=cosine"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("epoch 3/3");
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
        assertThat(run(
                        "train",
                        parts[0],
                        parts[1],
                        parts[2],
                        parts[3],
                        arch(),
                        "--task=multilabel",
                        small,
                        "--epochs=1",
                        "--batch=16",
                        "-o",
                        run.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("48 training images, 12 validation images");
        assertThat(run("train", "--resume", run.toString(), "--epochs=2"))
                .as(err.toString())
                .isZero();
        check(2, "not both", "train", data(), parts[0], arch(), small, "--task=multilabel");
        check(2, "is for --task multilabel", "train", parts[0], parts[1], parts[2], arch(), small);
        check(2, "--val-annotations go together", "train", parts[0], parts[1], arch(), small, "--task=multilabel");
        check(2, "masks hold class indices", "train", data(), arch(), small, "--task=segmentation", "--by-order");
    }

    @Test
    void writesTheOldFormAndTheWeightsAlone() throws Exception {
        Path run = folder.resolve("old");
        Path weights = folder.resolve("best.safetensors");
        assertThat(run(
                        "train",
                        data(),
                        arch(),
                        "--input-size=48",
                        "--epochs=1",
                        "--batch=16",
                        "--legacy-checkpoint",
                        "--export-safetensors=" + weights,
                        "-o",
                        run.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("best.safetensors: the weights of the best network");
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
        assertThat(run("train", "--resume", run.toString(), "--epochs=2"))
                .as(err.toString())
                .isZero();
        assertThat(Files.readAllBytes(run.resolve("checkpoint.pth.tar"))).startsWith(0x80, 0x02, 0x8a);
    }

    @Test
    void saysWhatIsWrongInOneLine() {
        check(2, "give DATA and --arch", "train");
        check(1, "does not exist", "train", folder.resolve("none").toString(), arch(), "--input-size=48");
        check(2, "--input-size", "train", data(), arch());
        check(2, "--device tpu is not known", "train", data(), arch(), "--input-size=48", "--device=tpu");
        check(2, "--precision fp16 trains on a GPU", "train", data(), arch(), "--input-size=48", "--precision=fp16");
        check(2, "--batch 10 must be a multiple", "train", data(), arch(), "--batch=10", "--accumulate=4");
        check(1, "--batch", "train", data(), arch(), "--input-size=48", "-o", folder + "/big");
        check(2, "--entry says where in --init-from", "train", data(), arch(), "--input-size=48", "--entry=ema");
        check(2, "--decay-at", "train", data(), arch(), "--epochs=5", "--decay-at=9");
        check(
                2,
                "nothing: does not exist",
                "train",
                "--resume",
                folder.resolve("nothing").toString());
        check(2, "there is no checkpoint in it to resume from", "train", "--resume", data());
        check(
                1,
                "does not exist",
                "train",
                data(),
                arch(),
                "--input-size=48",
                "--batch=16",
                "--init-from=none.pth",
                "-o",
                folder + "/other");
        assertThat(folder).as("a failed start leaves nothing behind").isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--epochs=5 --decay-at=9         | --decay-at 9 is not inside the run of 5 epochs: the rate can fall after epochs 1 to 4",
                "--epochs=1 --decay-at=1         | --decay-at 1 is not inside the run of 1 epoch; leave it out",
                "--epochs=5 --decay-at=3,3       | --decay-at 3 comes after 3: give epochs in order, each once",
                "--epochs=0                      | --epochs 0 must be at least 1",
                "--lr=0                          | --lr 0.0 must be above 0",
                "--momentum=2                    | --momentum 2.0 must be at least 0 and below 1",
                "--weight-decay=-1               | --weight-decay -1.0 must be at least 0",
                "--epochs=2 --warmup=9           | --warmup 9.0 must be from 0 to the epochs",
                "--label-smoothing=2             | --label-smoothing 2.0 must be at least 0 and below 1",
                "--flip=3                        | --flip is 3.0; it must be between 0 and 1",
                "--crop-area=0                   | --crop-area is 0.0; it must be above 0",
                "--workers=0                     | --workers 0 must be at least 1",
                "--threads=0                     | --threads 0 must be at least 1",
                "--input-size=1x1                | input size 1x1 must be between 8x8",
                "--head-lr=10                    | --head-lr is for segmentation, and this is classification; leave it out",
                "--scale=1,2                     | --scale is for segmentation, and this is classification; leave it out",
                "--no-augment --crop-area=0.5    | --crop-area would do nothing: --no-augment takes images as they are",
                "--task=multilabel --label-smoothing=0.1 | --label-smoothing is for classification and segmentation",
                "--task=segmentation --crop-area=0.5     | --crop-area is for classification and multilabel"
            })
    void wrongOptionsAreWrongUsage(String options, String message) {
        List<String> words = new ArrayList<>(List.of("train", data(), arch(), "-o", folder + "/run"));
        words.addAll(List.of(options.split(" ", -1)));
        check(2, message, words.toArray(String[]::new));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void outputsAreCheckedBeforeTheWork() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        List<String> train = List.of("train", data(), arch(), "--input-size=48", "--epochs=1", "--batch=16");
        BiConsumer<String, List<String>> refused = (message, more) -> {
            List<String> words = new ArrayList<>(train);
            words.addAll(more);
            assertThat(run(words.toArray(String[]::new))).isNotZero();
            assertThat(err.toString()).contains(message);
            assertThat(out.toString()).isEmpty();
        };
        String run = folder + "/run";
        refused.accept("is a file, not a folder", List.of("-o", file + "/run"));
        refused.accept("is a file, not a folder", List.of("-o", run, "--export=" + file + "/model.onnx"));
        refused.accept("is a folder; give the name of a file", List.of("-o", run, "--export=" + folder));
        refused.accept(
                "is the run's last checkpoint itself", List.of("-o", run, "--export=" + run + "/checkpoint.pth.tar"));
        assertThat(folder).isDirectoryNotContaining("glob:**/run");
    }

    @Test
    void aRunGoesOnWhereverItsDataLieAndHoweverItIsNamed() throws Exception {
        Path run = folder.resolve("run");
        Path old = folder.resolve("old data");
        ShapesDataset.write(old, new ShapesOptions(48, 12, 48, 1));
        String[] whole = {
            "train", old.toString(), arch(), "--input-size=48", "--epochs=1", "--batch=16", "-o", run.toString()
        };
        assertThat(run(whole)).as(err.toString()).isZero();
        List<String> begun = notes(run);
        List<String> again = new ArrayList<>(List.of(whole));
        again.addAll(List.of("--resume", run.toString()));
        assertThat(run(again.toArray(String[]::new))).as(err.toString()).isZero();

        Path moved = Files.move(old, folder.resolve("moved data"));
        check(1, "old data: the data of this run does not exist any more", "train", "--resume", run.toString());
        assertThat(err.toString()).contains("resume with: elastic train NEWDATA --resume " + run);
        assertThat(run("train", moved.toString(), "--resume", run.toString(), "--epochs=2"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("epoch 2/2");
        List<String> kept = new ArrayList<>(begun);
        kept.replaceAll(word -> word.replace("--epochs=1", "--epochs=2").replace("old data", "moved data"));
        assertThat(notes(run)).containsExactlyElementsOf(kept);

        Path last = run.resolve("checkpoint.pth.tar");
        assertThat(run("train", "--resume", last.toString())).as(err.toString()).isZero();
        assertThat(notes(run)).containsExactlyElementsOf(kept);
        check(2, "give its folder, " + run, "train", "--resume", run + "/model_best.pth.tar");
        check(2, "give the folder of a run", "train", "--resume", run + "/metrics.csv");
        check(2, "stays in its folder, " + run, "train", "--resume", run.toString(), "-o", folder + "/elsewhere");
        check(2, "has weights of its own", "train", "--resume", run.toString(), "--init-from", last.toString());
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void aResumedRunTakesNoOtherEntry() {
        Path first = folder.resolve("first");
        String[] small = {"train", data(), arch(), "--input-size=48", "--epochs=1", "--batch=16", "-o"};
        assertThat(run(with(small, first.toString()))).as(err.toString()).isZero();
        check(2, "--entry ema: says where the weights are", "train", "--resume", first.toString(), "--entry=ema");
        Path second = folder.resolve("second");
        String weights = "--init-from=" + first.resolve("model_best.pth.tar");
        assertThat(run(with(small, second.toString(), weights, "--entry=state_dict")))
                .as(err.toString())
                .isZero();
        check(2, "--entry ema: says", "train", "--resume", second.toString(), "--entry=ema");
        check(2, "--entry ema: says", "train", "--resume", second.toString(), weights, "--entry=ema");
        assertThat(run("train", "--resume", second.toString(), weights, "--entry=state_dict"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void aRunGoesOnWhereverThePartsOfMscocoLie() throws Exception {
        Path old = folder.resolve("old");
        ShapesDataset.write(old, new ShapesOptions(16, 8, 48, 1));
        Path run = folder.resolve("run");
        String[] whole = {
            "train", "--task=multilabel", arch(), "--input-size=48", "--epochs=1", "--batch=16", "-o", run.toString()
        };
        String[] parts = {
            "--annotations=" + old + "/annotations/instances_train2014.json",
            "--images=" + old + "/train2014",
            "--val-annotations=" + old + "/annotations/instances_val2014.json",
            "--val-images=" + old + "/val2014"
        };
        assertThat(run(with(whole, parts))).as(err.toString()).isZero();
        Path images = Files.move(old.resolve("train2014"), folder.resolve("images"));
        check(
                1,
                old.resolve("train2014") + ": this part of the run's data does not exist any more; if it has moved,"
                        + " resume with: elastic train --images NEWDIR --resume " + run,
                "train",
                "--resume",
                run.toString());
        Path moved = Files.move(old, folder.resolve("moved"));
        check(
                1,
                "resume with: elastic train --annotations NEWFILE --images NEWDIR --val-annotations NEWFILE"
                        + " --val-images NEWDIR --resume " + run,
                "train",
                "--resume",
                run.toString());
        assertThat(err.toString())
                .contains(old + "/annotations/instances_train2014.json, " + old + "/train2014, ")
                .contains("these parts of the run's data do not exist any more");
        check(
                1,
                "--images NEWDIR --val-annotations NEWFILE --val-images NEWDIR --resume " + run,
                "train",
                "--resume",
                run.toString(),
                "--annotations=" + moved + "/annotations/instances_train2014.json");
        assertThat(run(
                        "train",
                        "--resume",
                        run.toString(),
                        "--epochs=2",
                        "--annotations=" + moved + "/annotations/instances_train2014.json",
                        "--images=" + images,
                        "--val-annotations=" + moved + "/annotations/instances_val2014.json",
                        "--val-images=" + moved + "/val2014"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("epoch 2/2");
    }

    @Test
    void imagesOfBothPartsInOneFolderAreGoneOnce() throws Exception {
        Path old = folder.resolve("old");
        ShapesDataset.write(old, new ShapesOptions(16, 8, 48, 1));
        try (Stream<Path> files = Files.list(old.resolve("val2014"))) {
            for (Path file : files.toList()) {
                Files.move(file, old.resolve("train2014").resolve(file.getFileName()));
            }
        }
        Path run = folder.resolve("run");
        assertThat(run(
                        "train",
                        "--task=multilabel",
                        arch(),
                        "--input-size=48",
                        "--epochs=1",
                        "--batch=16",
                        "-o",
                        run.toString(),
                        "--annotations=" + old + "/annotations/instances_train2014.json",
                        "--images=" + old + "/train2014",
                        "--val-annotations=" + old + "/annotations/instances_val2014.json"))
                .as(err.toString())
                .isZero();
        Path images = Files.move(old.resolve("train2014"), folder.resolve("images"));
        check(1, "resume with: elastic train --images NEWDIR --resume " + run, "train", "--resume", run.toString());
        assertThat(run("train", "--resume", run.toString(), "--images=" + images))
                .as(err.toString())
                .isZero();
    }

    private static String[] with(String[] words, String... more) {
        return Stream.of(words, more).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private static List<String> notes(Path run) {
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(run.resolve("checkpoint.pth.tar"))) {
            return RunSettings.of(checkpoint).notes();
        }
    }

    private void check(int exitCode, String message, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).as(err.toString()).isEqualTo(exitCode);
        assertThat(err.toString().strip()).contains(message).doesNotContain("\n");
    }
}
