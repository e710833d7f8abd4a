package org.elasticvision.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.ReleasedModel;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecognitionTest {
    @TempDir
    Path folder;

    static List<ReleasedModel> published() {
        return ReleasedModel.all();
    }

    @ParameterizedTest
    @MethodSource("published")
    void tellsAllPublishedNetworksApartByTheirTensorsAlone(ReleasedModel model) throws IOException {
        Recognition recognition = recognise(Optional.empty(), model.network().tensors());
        assertThat(recognition.architecture()).isEqualTo(model.architecture());
        assertThat(recognition.task()).isEqualTo(model.task());
        assertThat(recognition.classes()).isEqualTo(model.classes());
    }

    @ParameterizedTest
    @MethodSource("org.elasticvision.convert.zoo.Architecture#all")
    void tellsAllArchitecturesApartByTheirTensorsAlone(Architecture architecture) throws IOException {
        for (Task task : List.of(Task.CLASSIFICATION, Task.SEGMENTATION)) {
            if (architecture.supports(task)) {
                Recognition recognition = recognise(
                        Optional.empty(), architecture.network(task, 7).tensors());
                assertThat(recognition.architecture()).isEqualTo(architecture);
                assertThat(recognition.task()).isEqualTo(task);
                assertThat(recognition.classes()).isEqualTo(7);
            }
        }
    }

    @Test
    void believesTheTensorsMoreThanTheName() throws IOException {
        List<TensorSpec> tensors =
                Architecture.of("dla60x").network(Task.CLASSIFICATION, 10).tensors();
        Recognition recognition = recognise(Optional.of("dla60x_elastic"), tensors);
        assertThat(recognition.architecture()).isEqualTo(Architecture.of("dla60x"));
        assertThat(recognition.classes()).isEqualTo(10);
        assertThat(recognition.task()).isEqualTo(Task.CLASSIFICATION);
    }

    @ParameterizedTest
    @CsvSource({
        "80, multilabel, MULTI_LABEL",
        "80, classification, CLASSIFICATION",
        "80, , MULTI_LABEL",
        "1000, multilabel, MULTI_LABEL",
        "1000, segmentation, CLASSIFICATION",
        "1000, 'none of\n\u001bours', CLASSIFICATION",
        "80, 'none of ours', MULTI_LABEL"
    })
    void aClassifierIsForWhatTheFileSaysInOurWords(int classes, String said, Task expected) throws IOException {
        List<TensorSpec> tensors =
                Architecture.of("dla60x").network(Task.CLASSIFICATION, classes).tensors();
        Path file = CheckpointFiles.hollow(
                folder.resolve("file.pth.tar"), said == null ? Map.of() : Map.of("task", said), tensors);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(Recognition.of(checkpoint, Optional.empty(), Optional.empty())
                            .task())
                    .isEqualTo(expected);
        }
    }

    @Test
    void oneOutputIsAnAnswerForYesOrNoAlone() throws IOException {
        List<TensorSpec> tensors =
                Architecture.of("resnext50").network(Task.CLASSIFICATION, 1).tensors();
        Path file = CheckpointFiles.hollow(folder.resolve("file.pth.tar"), Optional.empty(), tensors);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            for (Optional<Task> task : List.of(Optional.<Task>empty(), Optional.of(Task.CLASSIFICATION))) {
                assertThatThrownBy(() -> Recognition.of(checkpoint, Optional.empty(), task))
                        .isInstanceOf(CheckpointException.class)
                        .hasMessageContaining("has one output, of which a softmax makes 100 % for every picture")
                        .hasMessageContaining("--task multilabel");
            }
            Recognition yesOrNo = Recognition.of(checkpoint, Optional.empty(), Optional.of(Task.MULTI_LABEL));
            assertThat(yesOrNo.task()).isEqualTo(Task.MULTI_LABEL);
            assertThat(yesOrNo.classes()).isEqualTo(1);
        }
        assertThatThrownBy(() -> recognise(
                        Optional.empty(),
                        Architecture.of("resnext50")
                                .network(Task.SEGMENTATION, 1)
                                .tensors()))
                .hasMessageContaining("has one output for a pixel");
    }

    @Test
    void doesWithoutTheStepCountersOfOldFiles() throws IOException {
        List<TensorSpec> tensors = Architecture.of("resnext50").network(Task.CLASSIFICATION, 1000).tensors().stream()
                .filter(tensor -> tensor.role() != TensorSpec.Role.NUM_BATCHES_TRACKED)
                .toList();
        assertThat(recognise(Optional.empty(), tensors).architecture()).isEqualTo(Architecture.of("resnext50"));
    }

    @Test
    void anEmptyStateDictIsCalledThat() {
        assertThatThrownBy(() -> recognise(Optional.of("resnext50"), List.of()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("holds no tensors");
    }

    @Test
    void namesMissingSurplusAndMisshapenTensors() throws IOException {
        List<TensorSpec> tensors = new ArrayList<>(
                Architecture.of("resnext50").network(Task.CLASSIFICATION, 1000).tensors());
        tensors.removeIf(tensor -> tensor.name().equals("layer2.1.bn3.weight"));
        tensors.removeIf(tensor -> tensor.name().equals("layer3.0.conv2.weight"));
        tensors.add(new TensorSpec("layer3.0.conv2.weight", List.of(7L, 7L), TensorSpec.Role.WEIGHT));
        tensors.add(new TensorSpec("extra.weight", List.of(3L), TensorSpec.Role.WEIGHT));
        assertThatThrownBy(() -> recognise(Optional.of("resnext50"), tensors))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("file.pth.tar: ")
                .hasMessageContaining("resnext50")
                .hasMessageContaining("1 missing: layer2.1.bn3.weight")
                .hasMessageContaining("1 unexpected: extra.weight")
                .hasMessageContaining("layer3.0.conv2.weight [7, 7] instead of [256, 16, 3, 3]")
                .hasMessageNotContaining("\n");
    }

    /** A ResNet-50 has the names of an ordinary ResNeXt-50, whose blocks are cut in two here. */
    @ParameterizedTest
    @MethodSource("org.elasticvision.convert.zoo.Architecture#all")
    void aBackboneIsNamedWithoutItsHead(Architecture architecture) throws IOException {
        Network network = architecture.network(Task.CLASSIFICATION, 1000);
        List<TensorSpec> backbone = network.tensors().stream()
                .filter(tensor -> !network.head().contains(tensor.name()))
                .toList();
        Path file = CheckpointFiles.hollow(folder.resolve("file.pth.tar"), Optional.empty(), backbone);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            for (Optional<Architecture> wanted :
                    List.of(Optional.<Architecture>empty(), Optional.of(Architecture.of("resnext50")))) {
                assertThatThrownBy(() -> Recognition.of(checkpoint, wanted, Optional.empty()))
                        .isInstanceOf(CheckpointException.class)
                        .hasMessageContaining("holds a " + architecture + " without its last layer ("
                                + network.head().lastLayer() + ".weight")
                        .hasMessageEndingWith("'elastic train --init-from' gives it a new one");
            }
        }
    }

    @Test
    void aDamagedResNetIsNotTakenForAResNeXt() throws IOException {
        List<TensorSpec> tensors = new ArrayList<>(
                Architecture.of("resnet50").network(Task.CLASSIFICATION, 1000).tensors());
        tensors.removeIf(tensor -> tensor.name().equals("layer2.1.bn3.weight"));
        assertThatThrownBy(() -> recognise(Optional.empty(), tensors))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("closest is resnet50: 1 missing: layer2.1.bn3.weight;");
    }

    @Test
    void saysWhatAFileHoldsThatWasTakenForAnother() throws IOException {
        List<TensorSpec> tensors =
                Architecture.of("dla60x").network(Task.CLASSIFICATION, 1000).tensors();
        Path file = CheckpointFiles.hollow(folder.resolve("file.pth.tar"), Optional.empty(), tensors);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThatThrownBy(() -> Recognition.of(
                            checkpoint, Optional.of(Architecture.of("dla60x_elastic")), Optional.empty()))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("does not hold a dla60x_elastic but a dla60x")
                    .hasMessageContaining("leave out --arch");
            assertThatThrownBy(() -> Recognition.of(checkpoint, Optional.empty(), Optional.of(Task.SEGMENTATION)))
                    .isInstanceOf(ElasticVisionException.class)
                    .hasMessageContaining("leave out --task segmentation");
            assertThat(Recognition.of(checkpoint, Optional.empty(), Optional.of(Task.MULTI_LABEL))
                            .task())
                    .isEqualTo(Task.MULTI_LABEL);
        }
    }

    private Recognition recognise(Optional<String> architecture, List<TensorSpec> tensors) throws IOException {
        Path file = CheckpointFiles.hollow(folder.resolve("file.pth.tar"), architecture, tensors);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            return Recognition.of(checkpoint, Optional.empty(), Optional.empty());
        }
    }
}
