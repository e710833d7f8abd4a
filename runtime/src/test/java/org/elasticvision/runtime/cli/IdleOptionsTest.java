package org.elasticvision.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Options that would do nothing beside the others: wrong usage, said before anything is opened. */
class IdleOptionsTest {
    @TempDir
    private Path folder;

    private void refused(String message, Object... words) {
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains("elastic: " + message).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "predict   | --gpu 1                    | --gpu is for --provider cuda or tensorrt, and this runs on the CPU",
                "evaluate  | --gpu 0                    | --gpu is for --provider cuda or tensorrt, and this runs on the CPU",
                "benchmark | --gpu 1 --provider cpu     | --gpu is for --provider cuda or tensorrt, and this runs on the CPU",
                "predict   | --no-cache --provider cuda | --no-cache is about models on the CPU; on a GPU nothing is kept",
                "predict   | --threads 0                | --threads 0 must be at least 1; leave it out for",
                "evaluate  | --threads 0                | --threads 0 must be at least 1; leave it out for",
                "benchmark | --threads 0                | --threads 0 must be at least 1; leave it out for"
            })
    void onTheCpu(String command, String options, String message) throws IOException {
        List<Object> words = new ArrayList<>(List.of(command, TestModels.classifier(folder, -1)));
        if (!command.equals("benchmark")) {
            words.add(folder);
        }
        words.addAll(List.of(options.split(" ", -1)));
        refused(message, words.toArray());
    }

    @Test
    void ofAnEngineFile() throws IOException {
        Path engine = Files.writeString(folder.resolve("m.engine"), "ftrt");
        refused("--provider does not change what runs a TensorRT engine", "predict", engine, folder, "--provider=cpu");
        refused("--no-cache is about models on the CPU", "predict", engine, folder, "--no-cache");
        CommandRun run = CommandRun.of("predict", engine, folder.resolve("none.png"), "--gpu=1", "--provider=tensorrt");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"predict", "benchmark"})
    void ofAModelThatFixesItsBatch(String command) throws IOException {
        List<Object> words = new ArrayList<>(List.of(command, TestModels.classifier(folder, 2), "--batch=3"));
        if (!command.equals("benchmark")) {
            words.add(folder.resolve("none.png"));
        }
        refused("--batch 3 does nothing: the model file fixes 2 at a time", words.toArray());
    }

    @ParameterizedTest
    @CsvSource({"--exif=ignore", "--fast-decode", "--batch=3", "--json", "--top=2"})
    void besideATensor(String option) throws IOException {
        refused(
                option.replaceFirst("=.*", "") + " is about images, and --tensor is none; leave it out",
                "predict",
                "--tensor=in.npy",
                "--logits=" + folder + "/out.npy",
                option,
                TestModels.classifier(folder, -1));
    }

    @Test
    void anOverlayOfNothingLeavesNoFolder() throws IOException {
        Path overlay = folder.resolve("new/overlay");
        CommandRun run = CommandRun.of("predict", "--overlay", overlay, TestModels.segmenter(folder, -1), "none.png");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(overlay.getParent()).doesNotExist();
    }
}
