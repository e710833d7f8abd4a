package org.elasticvision.convert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.CheckpointFiles;
import org.elasticvision.convert.precision.Pictures;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code elastic convert} of more than one checkpoint. */
class SeveralCheckpointsTest {
    private static final int CLASSES = 3;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path good;
    private Path other;
    private Path broken;

    @BeforeEach
    void writeCheckpoints() throws IOException {
        good = hollow("runs/a/best.pth.tar", "resnext_tiny");
        other = hollow("runs/b/best.pth.tar", "resnext_tiny_elastic");
        broken = Files.writeString(folder.resolve("runs/b/broken.pt"), "not a checkpoint");
    }

    @Test
    void aFailureDoesNotStopTheOthersAndTheTableSaysWhy() {
        Path missing = folder.resolve("none.pth");
        assertThat(convert(good, broken, other, missing)).isEqualTo(1);
        assertThat(folder.resolve("runs/a/best.onnx")).isRegularFile();
        assertThat(folder.resolve("runs/b/best.onnx")).isRegularFile();
        assertThat(folder.resolve("runs/b/broken.onnx")).doesNotExist();
        assertThat(table())
                .hasSize(5)
                .anySatisfy(line -> assertThat(line)
                        .matches(good + " +resnext_tiny +classification +.*/runs/a/best\\.onnx +\\d+\\.\\d"))
                .anySatisfy(line -> assertThat(line).matches(other + " +resnext_tiny_elastic +classification .*"))
                .anySatisfy(line -> assertThat(line).matches(broken + " +failed: .*"))
                .anySatisfy(line -> assertThat(line).matches(missing + " +failed: does not exist; check the path"));
        assertThat(err.toString())
                .contains("elastic: 2 of 4 checkpoints could not be converted; the table says why")
                .hasLineCount(1);
    }

    @Test
    void aFolderIsSearchedAndItsLayoutKept() throws IOException {
        Files.delete(broken);
        Path models = folder.resolve("models");
        assertThat(convert(folder.resolve("runs"), "-o", models))
                .as(err.toString())
                .isZero();
        assertThat(models.resolve("a/best.onnx")).isRegularFile();
        assertThat(models.resolve("b/best.onnx")).isRegularFile();
        assertThat(folder.resolve("runs/a").toFile().list()).containsExactly("best.pth.tar");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aPatternIsExpanded() {
        Path models = folder.resolve("models");
        assertThat(convert(folder.resolve("runs/*/best.*"), "-o", models))
                .as(err.toString())
                .isZero();
        assertThat(table()).hasSize(3);
        assertThat(models.resolve("a/best.onnx")).isRegularFile();
        assertThat(models.resolve("b/best.onnx")).isRegularFile();
        assertThat(convert(folder.resolve("runs/*/none.*"), "-o", models.resolve("x.onnx")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("none.*: does not exist").hasLineCount(1);
    }

    @Test
    void whatIsNamedTwiceIsConvertedOnce() {
        assertThat(convert(good, folder.resolve("runs/a"))).as(err.toString()).isZero();
        assertThat(table()).hasSize(2);
    }

    @Test
    void whatOptionsMeanForOneAloneIsRefused() throws IOException {
        assertThat(convert(good, other, "-o", folder.resolve("model.onnx"))).isEqualTo(2);
        assertThat(err.toString()).contains("names one file, and CHECKPOINT may be several; give a folder");
        assertThat(convert(good, other, "-o", folder.resolve("models"))).isEqualTo(2);
        assertThat(err.toString()).contains("would both become " + folder.resolve("models/best.onnx"));
        Path runs = folder.resolve("runs");
        assertThat(convert(runs, "-o", broken.resolve("in"))).isEqualTo(1);
        assertThat(err.toString()).contains("is a file, not a folder");
        Path labels = Files.writeString(folder.resolve("labels.txt"), "only\n");
        assertThat(convert(runs, "-o", folder.resolve("new"), "--labels", labels))
                .isEqualTo(1);
        assertThat(out.toString()).contains("failed: there are 1 labels but 3 classes");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("runs", "labels.txt");
    }

    @Test
    void aCheckpointIsNotWrittenOver() throws IOException {
        Path disguised = Files.move(other, folder.resolve("runs/a/best.onnx"));
        assertThat(convert(good, disguised)).isEqualTo(2);
        assertThat(err.toString()).contains("would be written over");
        assertThat(folder.resolve("runs/a").toFile().list()).containsExactlyInAnyOrder("best.pth.tar", "best.onnx");
    }

    @Test
    void int8IsMadeInOneStepAndNothingElseIsLeft() throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Pictures.write(pictures, 3);
        Network network = Architecture.of("resnext_tiny").network(Task.CLASSIFICATION, CLASSES);
        good = CheckpointFiles.full(good, Optional.empty(), network.tensors(), new SyntheticWeights(network));
        assertThat(convert(good, "--precision", "int8", "--calibrate", pictures))
                .as(err.toString())
                .isZero();
        Path model = folder.resolve("runs/a/best.int8.onnx");
        assertThat(out.toString())
                .contains("int8 for cpu, calibrated with 3 images: ")
                .contains(" dB on 3 images that it was calibrated with")
                .contains(model + ": resnext_tiny, classification of 3 classes, input 32x32, int8, ");
        try (Model<?> opened = Model.open(model)) {
            assertThat(opened.info().precision()).isEqualTo("int8");
        }
        assertThat(folder.resolve("runs/a").toFile().list())
                .containsExactlyInAnyOrder("best.pth.tar", "best.int8.onnx");
        assertThat(convert(good, broken, "--precision", "int8", "--calibrate", pictures))
                .isEqualTo(1);
        assertThat(out.toString()).contains(good + ": int8 for cpu, ").contains("/runs/a/best.int8.onnx");
        assertThat(convert(good, "--precision", "int8")).isEqualTo(2);
        assertThat(err.toString()).contains("--precision int8 needs --calibrate");
        assertThat(convert(good, "--calibrate", pictures)).isEqualTo(2);
        assertThat(err.toString()).contains("--calibrate is for --precision int8; leave it out");
    }

    private List<String> table() {
        return out.toString()
                .lines()
                .dropWhile(line -> !line.startsWith("checkpoint "))
                .toList();
    }

    private Path hollow(String name, String architecture) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return CheckpointFiles.hollow(
                file,
                Optional.empty(),
                Architecture.of(architecture)
                        .network(Task.CLASSIFICATION, CLASSES)
                        .tensors());
    }

    private int convert(Object... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = ElasticCommandLine.create();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        String[] all = new String[words.length + 3];
        all[0] = "convert";
        all[1] = "--input-size";
        all[2] = "32";
        for (int i = 0; i < words.length; i++) {
            all[i + 3] = words[i].toString();
        }
        return commandLine.execute(all);
    }
}
