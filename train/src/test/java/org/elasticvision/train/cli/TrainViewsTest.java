package org.elasticvision.train.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.image.TurnedPhotos;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code elastic train} on photos that EXIF turns, and what comes of its model. */
class TrainViewsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine command =
                ElasticCommandLine.create().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return command.execute(words);
    }

    @Test
    void aRunAndItsModelHaveOneView() throws IOException {
        for (String part : new String[] {"train/a", "train/b", "val/a", "val/b"}) {
            TurnedPhotos.write(folder.resolve("data").resolve(part));
        }
        Path data = folder.resolve("data");
        Path run = folder.resolve("run");
        assertThat(run(
                        "train",
                        data,
                        "--arch=resnext_tiny_elastic",
                        "--input-size=32",
                        "--epochs=1",
                        "--batch=8",
                        "-o",
                        run))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("28 of 32 images are turned by EXIF and seen upright (as stored: --exif ignore)");
        Path file = run.resolve("model.onnx");
        try (Model<?> model = Model.open(file)) {
            assertThat(model.info().preprocessing().view()).isEqualTo(View.UPRIGHT);
        }
        Matcher error = Pattern.compile("the best network, ([0-9.]+) % error").matcher(out.toString());
        assertThat(error.find()).isTrue();
        assertThat(run("evaluate", file, data)).isZero();
        assertThat(out.toString())
                .containsPattern("Err@1 +" + error.group(1) + " %")
                .contains("14 of 16 images are turned by EXIF and seen upright");

        assertThat(run("train", "--resume", run, "--epochs=2", "--exif=ignore")).isEqualTo(1);
        assertThat(err.toString()).contains("its run has learned from photos turned upright by EXIF");
        assertThat(view(Optional.of(run.resolve("checkpoint.pth.tar")), Optional.empty()))
                .isEqualTo(View.UPRIGHT);
    }

    @Test
    void theViewIsThatOfTheRunOrOfTheWeightsToStartFrom() {
        Path stored = checkpoint("stored.pth.tar", View.STORED);
        Path unstated = checkpoint("unstated.pth.tar", View.UNSTATED);
        assertThat(view(Optional.empty(), Optional.empty())).isEqualTo(View.UPRIGHT);
        assertThat(view(Optional.empty(), Optional.of(stored))).isEqualTo(View.STORED);
        assertThat(view(Optional.empty(), Optional.of(unstated))).isEqualTo(View.UPRIGHT);
        assertThat(view(Optional.empty(), Optional.of(folder.resolve("none")))).isEqualTo(View.UPRIGHT);
        assertThat(view(Optional.of(stored), Optional.empty())).isEqualTo(View.STORED);
        assertThat(view(Optional.of(unstated), Optional.of(stored))).isEqualTo(View.STORED);
        assertThat(view(Optional.empty(), Optional.of(stored), "--exif=apply")).isEqualTo(View.UPRIGHT);
    }

    @Test
    void masksOfTheOtherViewEndTheRunBeforeItBegins() throws IOException {
        TurnedPhotos.write(folder.resolve("VOC2012"));
        Path list = Files.createDirectories(folder.resolve("VOC2012/list"));
        // a photo for a mask: all that is looked at is its size
        Files.write(folder.resolve("VOC2012/mask.jpg"), TurnedPhotos.jpeg(1));
        for (String name : new String[] {"train_aug.txt", "val.txt"}) {
            Files.writeString(list.resolve(name), "/turned-6.jpg /mask.jpg\n");
        }
        Path run = folder.resolve("run");
        Object[] command = {
            "train",
            folder,
            "--task=segmentation",
            "--arch=resnext_tiny_elastic",
            "--input-size=32",
            "--exif=ignore",
            "-o",
            run
        };
        assertThat(run(command)).isEqualTo(1);
        assertThat(err.toString())
                .contains("mask.jpg: belongs to its image as EXIF turns it upright")
                .hasLineCount(1);
        assertThat(run.resolve("metrics.csv")).doesNotExist();
    }

    private static View view(Optional<Path> resumed, Optional<Path> initFrom, String... arguments) {
        return CommandLine.populateCommand(new ViewOption(), arguments).view(resumed, initFrom);
    }

    private Path checkpoint(String name, View view) {
        Preprocessing preprocessing =
                Preprocessing.published(Task.CLASSIFICATION, 32, 32).withView(view);
        ModelEntry entry = ModelEntry.of(Task.CLASSIFICATION, Labels.numbered(2), preprocessing);
        CheckpointWriter.write(folder.resolve(name), Map.of(ModelEntry.KEY, entry.toValues()));
        return folder.resolve(name);
    }
}
