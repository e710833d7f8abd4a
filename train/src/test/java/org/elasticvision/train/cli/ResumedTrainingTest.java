package org.elasticvision.train.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A run is resumed wherever its data are by now, and however it is named. */
class ResumedTrainingTest {
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
    void aRunGoesOnWhereverItsDataLieAndHoweverItIsNamed() throws Exception {
        Path run = folder.resolve("run");
        Path old = folder.resolve("old data");
        ShapesDataset.write(old, new ShapesOptions(48, 12, 48, 1));
        String[] whole = {
            "train", old.toString(), ARCH, "--input-size=48", "--epochs=1", "--batch=16", "-o", run.toString()
        };
        elastic.succeeds(whole);
        List<String> begun = notes(run);
        List<String> again = new ArrayList<>(List.of(whole));
        again.addAll(List.of("--resume", run.toString()));
        elastic.succeeds(again.toArray(String[]::new));

        Path moved = Files.move(old, folder.resolve("moved data"));
        elastic.refuses(
                1, "old data: the data of this run does not exist any more", "train", "--resume", run.toString());
        assertThat(elastic.err()).contains("resume with: elastic train NEWDATA --resume " + run);
        elastic.succeeds("train", moved.toString(), "--resume", run.toString(), "--epochs=2");
        assertThat(elastic.out()).contains("epoch 2/2");
        List<String> kept = new ArrayList<>(begun);
        kept.replaceAll(word -> word.replace("--epochs=1", "--epochs=2").replace("old data", "moved data"));
        assertThat(notes(run)).containsExactlyElementsOf(kept);

        Path last = run.resolve("checkpoint.pth.tar");
        elastic.succeeds("train", "--resume", last.toString());
        assertThat(notes(run)).containsExactlyElementsOf(kept);
        elastic.refuses(2, "give its folder, " + run, "train", "--resume", run + "/model_best.pth.tar");
        elastic.refuses(2, "give the folder of a run", "train", "--resume", run + "/metrics.csv");
        elastic.refuses(
                2, "stays in its folder, " + run, "train", "--resume", run.toString(), "-o", folder + "/elsewhere");
        elastic.refuses(
                2, "has weights of its own", "train", "--resume", run.toString(), "--init-from", last.toString());
        elastic.refuses(
                2,
                "a resumed run keeps its task, classification",
                "train",
                "--resume",
                run.toString(),
                "--task",
                "segmentation");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void aDamagedLastCheckpointIsSaidAndTheOneBeforeOffered() throws Exception {
        Path run = folder.resolve("run");
        elastic.succeeds("train", data(), ARCH, "--input-size=48", "--epochs=2", "--batch=16", "-o", run.toString());
        Path last = run.resolve("checkpoint.pth.tar");
        Path previous = run.resolve("checkpoint.previous.pth.tar");
        byte[] whole = Files.readAllBytes(last);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 0x55;
        Files.delete(last); // it may be a link to the best one
        Files.write(last, damaged);
        String offered = "resume from the checkpoint before it with: elastic train --resume " + previous;
        elastic.refuses(1, last + ": ", "train", "--resume", run.toString());
        assertThat(elastic.err()).contains(offered);
        Files.delete(last);
        elastic.refuses(2, "its last checkpoint is missing; " + offered, "train", "--resume", run.toString());
        elastic.refuses(2, "has a run already", "train", data(), ARCH, "-o", run.toString());

        elastic.succeeds("train", "--resume", previous.toString());
        assertThat(last).hasBinaryContent(whole);
        elastic.succeeds("train", "--resume", previous.toString());
        assertThat(elastic.err()).contains(last + " is whole, so the run resumes from it");
    }

    @Test
    void aResumedRunTakesNoOtherEntry() {
        Path first = folder.resolve("first");
        String[] small = {"train", data(), ARCH, "--input-size=48", "--epochs=1", "--batch=16", "-o"};
        elastic.succeeds(with(small, first.toString()));
        elastic.refuses(
                2, "--entry ema: says where the weights are", "train", "--resume", first.toString(), "--entry=ema");
        Path second = folder.resolve("second");
        String weights = "--init-from=" + first.resolve("model_best.pth.tar");
        elastic.succeeds(with(small, second.toString(), weights, "--entry=state_dict"));
        elastic.refuses(2, "--entry ema: says", "train", "--resume", second.toString(), "--entry=ema");
        elastic.refuses(2, "--entry ema: says", "train", "--resume", second.toString(), weights, "--entry=ema");
        elastic.succeeds("train", "--resume", second.toString(), weights, "--entry=state_dict");
    }

    @Test
    void aRunGoesOnWhereverThePartsOfMscocoLie() throws Exception {
        Path old = folder.resolve("old");
        ShapesDataset.write(old, new ShapesOptions(16, 8, 48, 1));
        Path run = folder.resolve("run");
        String[] whole = {
            "train", "--task=multilabel", ARCH, "--input-size=48", "--epochs=1", "--batch=16", "-o", run.toString()
        };
        String[] parts = {
            "--annotations=" + old + "/annotations/instances_train2014.json",
            "--images=" + old + "/train2014",
            "--val-annotations=" + old + "/annotations/instances_val2014.json",
            "--val-images=" + old + "/val2014"
        };
        elastic.succeeds(with(whole, parts));
        Path images = Files.move(old.resolve("train2014"), folder.resolve("images"));
        elastic.refuses(
                1,
                old.resolve("train2014") + ": this part of the run's data does not exist any more; if it has moved,"
                        + " resume with: elastic train --images NEWDIR --resume " + run,
                "train",
                "--resume",
                run.toString());
        Path moved = Files.move(old, folder.resolve("moved"));
        elastic.refuses(
                1,
                "resume with: elastic train --annotations NEWFILE --images NEWDIR --val-annotations NEWFILE"
                        + " --val-images NEWDIR --resume " + run,
                "train",
                "--resume",
                run.toString());
        assertThat(elastic.err())
                .contains(old + "/annotations/instances_train2014.json, " + old + "/train2014, ")
                .contains("these parts of the run's data do not exist any more");
        elastic.refuses(
                1,
                "--images NEWDIR --val-annotations NEWFILE --val-images NEWDIR --resume " + run,
                "train",
                "--resume",
                run.toString(),
                "--annotations=" + moved + "/annotations/instances_train2014.json");
        elastic.succeeds(
                "train",
                "--resume",
                run.toString(),
                "--epochs=2",
                "--annotations=" + moved + "/annotations/instances_train2014.json",
                "--images=" + images,
                "--val-annotations=" + moved + "/annotations/instances_val2014.json",
                "--val-images=" + moved + "/val2014");
        assertThat(elastic.out()).contains("epoch 2/2");
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
        elastic.succeeds(
                "train",
                "--task=multilabel",
                ARCH,
                "--input-size=48",
                "--epochs=1",
                "--batch=16",
                "-o",
                run.toString(),
                "--annotations=" + old + "/annotations/instances_train2014.json",
                "--images=" + old + "/train2014",
                "--val-annotations=" + old + "/annotations/instances_val2014.json");
        Path images = Files.move(old.resolve("train2014"), folder.resolve("images"));
        elastic.refuses(
                1, "resume with: elastic train --images NEWDIR --resume " + run, "train", "--resume", run.toString());
        elastic.succeeds("train", "--resume", run.toString(), "--images=" + images);
    }

    private static String[] with(String[] words, String... more) {
        return Stream.of(words, more).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private static List<String> notes(Path run) {
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(run.resolve("checkpoint.pth.tar"))) {
            return RunSettings.of(checkpoint).notes();
        }
    }
}
