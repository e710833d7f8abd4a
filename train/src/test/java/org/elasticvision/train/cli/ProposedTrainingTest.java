package org.elasticvision.train.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.data.Pictures;
import org.elasticvision.train.settings.RunSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code train DATA}, where the data are a folder of class folders, and nearly nothing else is given. */
class ProposedTrainingTest {
    @TempDir
    private Path folder;

    private final Commands elastic = new Commands();

    private Path photos;

    @BeforeEach
    void draw() {
        photos = folder.resolve("photos");
        for (int i = 0; i < 24; i++) {
            Pictures.write(Pictures.picture(40, 36, i), photos.resolve((i % 2 == 0 ? "even/" : "odd/") + i + ".png"));
        }
    }

    private static RunSettings settings(Path run) {
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(new CheckpointFolder(run).lastFile())) {
            return RunSettings.of(checkpoint);
        }
    }

    @Test
    void whatIsNotGivenIsProposedAndPrintedAndWhatIsGivenStays() throws Exception {
        Path run = folder.resolve("run");
        elastic.succeeds("train", photos.toString(), "--epochs=1", "--seed=5", "-o", run.toString());
        assertThat(elastic.out())
                .contains("a tenth of the training images, of each class, is held out for that (--val-split 0.1)\n")
                .contains("proposed for 22 training images of 2 classes, usually 36 pixels or more on each side: ")
                .contains("elastic train --arch=resnext_tiny_elastic --input-size=32x32 --batch=2 --lr=")
                .contains(" --ema=0.98 --ema-warmup --task=classification --val-split=0.1 " + photos
                        + " --epochs=1 --seed=5 -o " + run + "\n")
                .contains("22 training images, 2 validation images");
        RunSettings settings = settings(run);
        assertThat(settings.recipe().epochs()).isEqualTo(1);
        assertThat(settings.recipe().batchSize()).isEqualTo(2);
        assertThat(settings.notes()).contains("--val-split=0.1", "--arch=resnext_tiny_elastic");
        List<String> held = Files.readAllLines(run.resolve("validation.txt"));
        assertThat(held).hasSize(2).allSatisfy(name -> assertThat(Path.of(name)).exists());

        elastic.succeeds("train", "--resume", run.toString(), "--epochs=2");
        assertThat(Files.readAllLines(run.resolve("validation.txt"))).isEqualTo(held);
        assertThat(settings(run).data()).isEqualTo(settings.data());
        elastic.refuses(
                2,
                "--val-split 0.5: this run validates on a share of 0.1 of its images",
                "train",
                "--resume",
                run.toString(),
                "--val-split=0.5");
    }

    @Test
    void withAnArchitectureTheRecipeIsThePublishedOne() {
        elastic.refuses(
                1,
                "too few for a batch of 256; use a smaller --batch",
                "train",
                photos.toString(),
                "--arch=resnext_tiny_elastic",
                "--input-size=32",
                "-o",
                folder.resolve("run").toString());
        assertThat(elastic.out()).contains("held out").doesNotContain("proposed");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void dataWithAValidationPartAreNotSplit() {
        for (int i = 0; i < 4; i++) {
            Path train = folder.resolve("parts/train").resolve(i % 2 == 0 ? "even" : "odd");
            Pictures.write(Pictures.picture(40, 36, i), train.resolve(i + ".png"));
            Pictures.write(
                    Pictures.picture(40, 36, i),
                    folder.resolve("parts/val").resolve(i % 2 == 0 ? "even/a.png" : "odd/a.png"));
        }
        elastic.refuses(
                1,
                "has validation images of its own; leave --val-split out",
                "train",
                folder.resolve("parts").toString(),
                "--val-split=0.2");
    }
}
