package org.elasticvision.train.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.convert.CheckpointFiles;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which weights a network starts from, over files in the form of the released ones. */
class WeightTransferTest {
    private static final Task IMAGES = Task.CLASSIFICATION;
    private static final Task PIXELS = Task.SEGMENTATION;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("org.elasticvision.convert.zoo.Architecture#all")
    void theSameNetworkIsTakenWhole(Architecture architecture) throws IOException {
        Network network = architecture.network(IMAGES, 1000);
        try (Checkpoint checkpoint = hollow(architecture, network.tensors())) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, network, IMAGES);
            assertThat(transfer.isComplete()).isTrue();
            assertThat(transfer.taken()).isEqualTo(names(network));
            assertThat(transfer.leftOut()).isEmpty();
            assertThat(transfer.lines()).singleElement().asString().endsWith("tensors, the whole network");
        }
    }

    @ParameterizedTest
    @MethodSource("org.elasticvision.convert.zoo.Architecture#all")
    void fromImageNetToCocoTheHeadIsNew(Architecture architecture) throws IOException {
        Network network = architecture.network(Task.MULTI_LABEL, 80);
        try (Checkpoint checkpoint =
                hollow(architecture, architecture.network(IMAGES, 1000).tensors())) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, network, Task.MULTI_LABEL);
            String head = network.head().lastLayer();
            assertThat(transfer.isComplete()).isFalse();
            assertThat(transfer.initialised()).containsExactly(head + ".weight", head + ".bias");
            assertThat(transfer.leftOut()).containsExactly(head + ".weight", head + ".bias");
            assertThat(transfer.taken()).hasSize(network.tensors().size() - 2);
            assertThat(transfer.lines()).hasSize(3);
            assertThat(transfer.lines().get(1)).isEqualTo("newly initialised: " + head + " (2 tensors)");
            assertThat(transfer.lines().get(2)).isEqualTo("left out of the checkpoint: " + head + " (2 tensors)");
        }
    }

    /** Its tensors have the names of an ordinary ResNeXt's, and others call its head last_linear. */
    @Test
    void aResNetsBackboneIsTakenWithoutItsHeadAndWithItUnderAnotherName() throws IOException {
        Architecture architecture = Architecture.of("resnet50");
        Network network = architecture.network(IMAGES, 7);
        List<TensorSpec> backbone = network.tensors().stream()
                .filter(spec -> !network.head().contains(spec.name()))
                .toList();
        List<TensorSpec> renamed = architecture.network(IMAGES, 1000).tensors().stream()
                .map(spec -> new TensorSpec(spec.name().replace("fc.", "last_linear."), spec.shape(), spec.role()))
                .toList();
        for (List<TensorSpec> tensors : List.of(backbone, renamed)) {
            Path file = CheckpointFiles.hollow(folder.resolve("file.pth"), Optional.empty(), tensors);
            try (Checkpoint checkpoint = Checkpoint.open(file)) {
                WeightTransfer transfer = WeightTransfer.of(checkpoint, network, IMAGES);
                assertThat(transfer.initialised()).containsExactly("fc.weight", "fc.bias");
                assertThat(transfer.taken()).hasSize(backbone.size());
            }
        }
    }

    @Test
    void aClassifierOfAsManyClassesKeepsItsHeadWhateverItsTask() throws IOException {
        Architecture architecture = Architecture.of("resnext50");
        try (Checkpoint checkpoint =
                hollow(architecture, architecture.network(IMAGES, 80).tensors())) {
            Network network = architecture.network(Task.MULTI_LABEL, 80);
            assertThat(WeightTransfer.of(checkpoint, network, Task.MULTI_LABEL).isComplete())
                    .isTrue();
        }
    }

    @Test
    void fromImageNetToPixelsResNeXtGetsANewPyramid() throws IOException {
        Architecture architecture = Architecture.of("resnext50_elastic");
        Network network = architecture.network(PIXELS, 21);
        try (Checkpoint checkpoint =
                hollow(architecture, architecture.network(IMAGES, 1000).tensors())) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, network, PIXELS);
            assertThat(transfer.initialised()).isNotEmpty().allMatch(name -> name.startsWith("aspp."));
            assertThat(transfer.taken()).isNotEmpty().noneMatch(name -> name.startsWith("aspp."));
            assertThat(transfer.taken().size() + transfer.initialised().size())
                    .isEqualTo(network.tensors().size());
            assertThat(transfer.leftOut()).containsExactly("fc.weight", "fc.bias");
        }
    }

    @Test
    void fromImageNetToPixelsDlaBecomesTheBase() throws IOException {
        Architecture architecture = Architecture.of("dla60x_elastic");
        Network network = architecture.network(PIXELS, 21);
        try (Checkpoint checkpoint =
                hollow(architecture, architecture.network(IMAGES, 1000).tensors())) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, network, PIXELS);
            assertThat(transfer.taken())
                    .contains("base.fc.weight", "base.level5.root.conv.weight")
                    .allMatch(name -> name.startsWith("base."));
            assertThat(transfer.initialised())
                    .contains("fc.0.weight", "up.weight", "dla_up.ida_0.up_1.weight")
                    .noneMatch(name -> name.startsWith("base."));
            assertThat(transfer.leftOut()).isEmpty();
        }
    }

    @Test
    void theBaseOfADlaHasNoUseForAClassifierOfOtherClasses() throws IOException {
        Architecture architecture = Architecture.of("dla60x");
        Network network = architecture.network(PIXELS, 21);
        try (Checkpoint checkpoint =
                hollow(architecture, architecture.network(IMAGES, 80).tensors())) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, network, PIXELS);
            assertThat(transfer.initialised()).contains("base.fc.weight", "base.fc.bias");
            assertThat(transfer.leftOut()).containsExactly("fc.weight", "fc.bias");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnext50", "dla60x"})
    void fromPixelsToPixelsOfOtherClassesOnlyWhatDependsOnThemIsNew(Architecture architecture) throws IOException {
        Network network = architecture.network(PIXELS, 5);
        try (Checkpoint checkpoint =
                hollow(architecture, architecture.network(PIXELS, 21).tensors())) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, network, PIXELS);
            List<String> expected = architecture == Architecture.of("dla60x")
                    ? List.of("fc.0.weight", "fc.0.bias", "up.weight")
                    : List.of("aspp.conv3.weight", "aspp.conv3.bias");
            assertThat(transfer.initialised()).isEqualTo(expected);
            assertThat(transfer.leftOut()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnext50", "dla60x"})
    void fromPixelsToImagesTheHeadIsNew(Architecture architecture) throws IOException {
        Network network = architecture.network(IMAGES, 1000);
        try (Checkpoint checkpoint =
                hollow(architecture, architecture.network(PIXELS, 21).tensors())) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, network, IMAGES);
            assertThat(transfer.initialised()).containsExactly("fc.weight", "fc.bias");
            assertThat(transfer.leftOut()).isNotEmpty();
        }
    }

    @Test
    void anotherBackboneIsRefusedByName() throws IOException {
        Network network = Architecture.of("resnext50").network(IMAGES, 10);
        // All that a ResNeXt-50 needs is in a ResNeXt-101, and more.
        try (Checkpoint deeper = hollow(
                Architecture.of("resnext101"),
                Architecture.of("resnext101").network(IMAGES, 1000).tensors())) {
            assertThatThrownBy(() -> WeightTransfer.of(deeper, network, IMAGES))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("another network (the file calls it 'resnext101')")
                    .hasMessageContaining("unexpected: layer3.6.")
                    .hasMessageContaining("more");
        }
        Network tiny = Architecture.of("resnext_tiny_elastic").network(IMAGES, 2);
        try (Checkpoint larger = hollow(
                Architecture.of("resnext50_elastic"),
                Architecture.of("resnext50_elastic").network(IMAGES, 1000).tensors())) {
            assertThatThrownBy(() -> WeightTransfer.of(larger, tiny, IMAGES))
                    .hasMessageMatching(
                            ".* [0-9]+ with a size mismatch: ([^,\\]]+\\[[^\\]]*\\] instead of \\[[^\\]]*\\](, )?){3}"
                                    + " and [0-9]+ more; [0-9]+ unexpected: [^,]+, [^,]+, [^,]+ and [0-9]+ more");
        }
        List<TensorSpec> damaged = new ArrayList<>(network.tensors());
        damaged.removeIf(tensor -> tensor.name().equals("layer1.0.bn3.bias"));
        damaged.removeIf(tensor -> tensor.name().equals("conv1.weight"));
        damaged.add(new TensorSpec("conv1.weight", List.of(64L, 3L, 3L, 3L), TensorSpec.Role.WEIGHT));
        try (Checkpoint checkpoint = hollow(Architecture.of("resnext50"), damaged)) {
            assertThatThrownBy(() -> WeightTransfer.of(checkpoint, network, IMAGES))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(
                            "1 missing: layer1.0.bn3.bias; 1 with a size mismatch: conv1.weight [64, 3, 3, 3]"
                                    + " instead of [64, 3, 7, 7]")
                    .hasMessageNotContaining("unexpected");
        }
    }

    @Test
    void stepCountersOfOldFilesAreNotMissed() throws IOException {
        Network network = Architecture.of("resnext50").network(IMAGES, 10);
        List<TensorSpec> old = network.tensors().stream()
                .filter(tensor -> tensor.role() != TensorSpec.Role.NUM_BATCHES_TRACKED)
                .toList();
        try (Checkpoint checkpoint = hollow(Architecture.of("resnext50"), old)) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, network, IMAGES);
            assertThat(transfer.isComplete()).isTrue();
            assertThat(transfer.taken()).hasSize(old.size());
            assertThat(transfer.read("bn1.num_batches_tracked")).isEmpty();
        }
    }

    @Test
    void valuesComeFromTheFileWhereTakenAndFreshOtherwise() throws IOException {
        Network source = Architecture.of("dla60x").network(IMAGES, 2);
        Weights weights = name -> {
            TensorSpec spec = source.tensors().stream()
                    .filter(tensor -> tensor.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            float[] values = new float[Math.toIntExact(spec.elementCount())];
            values[0] = name.equals("level1.1.bias") ? Float.NaN : 3;
            return values;
        };
        Path file = CheckpointFiles.full(folder.resolve("full.pth.tar"), Optional.empty(), source.tensors(), weights);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            WeightTransfer transfer =
                    WeightTransfer.of(checkpoint, Architecture.of("dla60x").network(PIXELS, 3), PIXELS);
            Weights all = transfer.orElse(name -> new float[] {-1});
            assertThat(all.read("base.base_layer.0.weight")[0]).isEqualTo(3);
            assertThat(all.read("base.base_layer.0.weight")).hasSize(16 * 3 * 7 * 7);
            assertThat(all.read("fc.0.bias")).containsExactly(-1);
            assertThat(all.read("base.level1.1.num_batches_tracked")).containsExactly(-1);
            assertThat(transfer.read("fc.0.bias")).isEmpty();
            assertThatThrownBy(() -> transfer.read("base.level1.1.bias"))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("tensor level1.1.bias holds NaN");
        }
    }

    @Test
    void theWeightsAreFoundBehindAPrefixAndInAnEntry() {
        Network source = Architecture.of("resnext_tiny").network(IMAGES, 10);
        Network network = Architecture.of("resnext_tiny").network(IMAGES, 3);
        Map<String, Object> plain = saved(source, "backbone.", 1);
        plain.keySet().removeIf(name -> name.startsWith("backbone.fc."));
        plain.put("head.weight", SavedTensor.floats(List.of(2L), () -> new float[2]));
        Path file = folder.resolve("entries.pth");
        CheckpointWriter.write(file, Map.of("net", plain, "net_ema", saved(source, "module.", 2)));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, network, IMAGES);
            assertThat(transfer.initialised()).containsExactly("fc.weight", "fc.bias");
            assertThat(transfer.read("conv1.weight").orElseThrow()).containsOnly(1);
            assertThat(transfer.lines())
                    .startsWith(
                            "weights from 'net.backbone'",
                            "averaged (EMA) weights are in it too, in 'net_ema.module': --entry net_ema.module takes those",
                            "ignored, not weights of the network: head.weight");
            WeightTransfer averaged = WeightTransfer.of(checkpoint, Optional.of("net_ema"), network, IMAGES);
            assertThat(averaged.read("conv1.weight").orElseThrow()).containsOnly(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "resnext50, resnext50_elastic, 7, 1",
        "resnext101, resnext101_elastic, 19, 3",
        "resnext50, resnext101_elastic, 33, 0",
        "se_resnext50, se_resnext50_elastic, 7, 1"
    })
    void anElasticNetworkStartsFromAnOrdinaryOne(Architecture from, Architecture to, int added, int spare)
            throws IOException {
        Network network = to.network(IMAGES, 1000);
        try (Checkpoint checkpoint = hollow(from, from.network(IMAGES, 1000).tensors())) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, network, IMAGES);
            assertThat(transfer.taken()).contains("layer1.0.conv1_d.weight", "layer4.2.bn3.bias", "fc.weight");
            assertThat(blocks(transfer.initialised())).hasSize(added).contains("layer1.3");
            assertThat(blocks(transfer.leftOut())).hasSize(spare);
            assertThat(transfer.lines().get(1))
                    .startsWith("newly initialised: layer1 (")
                    .endsWith("the new blocks, " + added + " of them, pass on what comes in until they have learnt");
            Weights all = transfer.orElse(name -> new float[] {5, 5});
            assertThat(all.read("layer1.3.bn3.weight")).containsExactly(0, 0);
            assertThat(all.read("layer1.3.bn2.weight")).containsExactly(5, 5);
            assertThat(all.read("layer1.2.bn3.weight")).hasSize(256).containsOnly(0x1p-7f); // of the file
        }
    }

    @Test
    void anOrdinaryNetworkOfAnotherKindIsStillRefused() throws IOException {
        try (Checkpoint checkpoint = hollow(
                Architecture.of("resnext50"),
                Architecture.of("resnext50").network(IMAGES, 1000).tensors())) {
            for (Architecture other : List.of(Architecture.of("se_resnext50_elastic"), Architecture.of("resnext101"))) {
                assertThatThrownBy(() -> WeightTransfer.of(checkpoint, other.network(IMAGES, 1000), IMAGES))
                        .hasMessageContaining("holds the weights of another network (the file calls it 'resnext50')")
                        .hasMessageContaining("missing: layer");
            }
        }
    }

    private static Set<String> blocks(List<String> tensors) {
        return tensors.stream()
                .filter(name -> name.startsWith("layer"))
                .map(name -> name.substring(0, name.indexOf('.', name.indexOf('.') + 1)))
                .collect(Collectors.toSet());
    }

    private static Map<String, Object> saved(Network network, String prefix, float value) {
        Map<String, Object> state = new LinkedHashMap<>();
        for (TensorSpec spec : network.tensors()) {
            float[] values = new float[Math.toIntExact(spec.elementCount())];
            Arrays.fill(values, value);
            state.put(prefix + spec.name(), SavedTensor.floats(spec.shape(), () -> values));
        }
        return state;
    }

    private Checkpoint hollow(Architecture architecture, List<TensorSpec> tensors) throws IOException {
        return Checkpoint.open(
                CheckpointFiles.hollow(folder.resolve("file.pth.tar"), Optional.of(architecture.id()), tensors));
    }

    private static List<String> names(Network network) {
        return network.tensors().stream().map(TensorSpec::name).toList();
    }
}
