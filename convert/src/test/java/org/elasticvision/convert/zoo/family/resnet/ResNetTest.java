package org.elasticvision.convert.zoo.family.resnet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.elasticvision.convert.CheckpointFiles;
import org.elasticvision.convert.Conversion;
import org.elasticvision.convert.ConversionOptions;
import org.elasticvision.convert.Recognition;
import org.elasticvision.convert.Verification;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.family.resnet.TorchvisionResNets.Figures;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.convert.zoo.ops.ShapeOps;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Our ResNets are torchvision's: the same state dicts and the same answers. */
class ResNetTest {
    @TempDir
    Path folder;

    static List<Figures> torchvision() {
        return TorchvisionResNets.all();
    }

    @ParameterizedTest
    @MethodSource("torchvision")
    void hasTheTensorsOfTorchvisionInItsOrder(Figures figures) throws Exception {
        List<TensorSpec> tensors = figures.network().tensors();
        String keys = tensors.stream()
                .map(tensor -> tensor.name() + " "
                        + tensor.shape().stream().map(Object::toString).collect(Collectors.joining("x")) + "\n")
                .collect(Collectors.joining());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(keys.getBytes(StandardCharsets.UTF_8));
        assertThat(tensors).hasSize(figures.tensors());
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(figures.keys());
        assertThat(figures.network().parameterCount()).isEqualTo(figures.parameters());
    }

    /** The file is as {@code torch.save(model.state_dict(), …)} writes it, and nothing in it says what it is. */
    @ParameterizedTest
    @MethodSource("torchvision")
    void itsStateDictConvertsAsItIsAndAnswersAsTorchvision(Figures figures) {
        Path file = saved(figures.network());
        Path converted = folder.resolve("model.onnx");
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            ModelInfo info = Conversion.convert(checkpoint, converted, ConversionOptions.defaults());
            assertThat(info.architecture()).isEqualTo(figures.name());
            assertThat(info.task()).isEqualTo(Task.CLASSIFICATION);
            assertThat(info.preprocessing().resize()).isEqualTo(256);
        }
        try (Model<?> model = Model.open(converted)) {
            float[] logits = model.run(new Tensor(model.inputShape().withBatch(1), PublishedModels.input(224)))
                    .values();
            assertThat(logits).hasSize(figures.logits().size());
            for (int i = 0; i < logits.length; i++) {
                assertThat((double) logits[i])
                        .as("logit %d", i)
                        .isEqualTo(figures.logits().get(i), within(1e-5 * figures.largest()));
            }
        }
    }

    @Test
    void theSegmentationFormConvertsToo() {
        Network network = Architecture.of("resnet18").network(Task.SEGMENTATION, 21);
        Path converted = folder.resolve("model.onnx");
        try (Checkpoint checkpoint = Checkpoint.open(saved(network))) {
            ModelInfo info = Conversion.convert(checkpoint, converted, ConversionOptions.defaults());
            assertThat(info.architecture()).isEqualTo("resnet18");
            assertThat(info.task()).isEqualTo(Task.SEGMENTATION);
            assertThat(info.preprocessing().width()).isEqualTo(513);
            assertThat(Verification.verify(converted, checkpoint, 1, 1).relativeError())
                    .isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("torchvision")
    void segmentationAnswersAtTheImagesOwnSize(Figures figures) {
        for (int size : new int[] {64, 97}) {
            Network network = figures.architecture().network(Task.SEGMENTATION, 5);
            assertThat(network.forward(new ShapeOps(), new Shape(3, size, size)))
                    .isEqualTo(new Shape(5, size, size));
        }
    }

    /** As in Cadene's pretrained-models; a ResNet-50 has the names of an ordinary ResNeXt too, a ResNet-18 has not. */
    @ParameterizedTest
    @MethodSource("torchvision")
    void itsHeadMayBeCalledLastLinear(Figures figures) throws Exception {
        List<TensorSpec> tensors = figures.network().tensors().stream()
                .map(spec -> new TensorSpec(spec.name().replace("fc.", "last_linear."), spec.shape(), spec.role()))
                .toList();
        Path file = CheckpointFiles.hollow(folder.resolve("other.pth"), Optional.empty(), tensors);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Recognition recognition = Recognition.of(checkpoint, Optional.empty(), Optional.empty());
            assertThat(recognition.architecture()).isEqualTo(figures.architecture());
            assertThat(recognition.classes()).isEqualTo(figures.logits().size());
            assertThat(recognition.weights().names()).contains("fc.weight", "fc.bias");
            assertThat(recognition.notes()).isEmpty();
        }
    }

    /** Both have names that a ResNeXt in torchvision's form has. */
    @Test
    void anOrdinaryResNeXtIsStillOne() throws Exception {
        Network resnext = Architecture.of("resnext50").network(Task.CLASSIFICATION, 7);
        Path file = CheckpointFiles.hollow(folder.resolve("resnext.pth"), Optional.empty(), resnext.tensors());
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(Recognition.of(checkpoint, Optional.empty(), Optional.empty())
                            .architecture())
                    .isEqualTo(Architecture.of("resnext50"));
        }
    }

    private Path saved(Network network) {
        SyntheticWeights weights = new SyntheticWeights(network);
        Map<String, SavedTensor> state = new LinkedHashMap<>();
        for (TensorSpec spec : network.tensors()) {
            state.put(
                    spec.name(),
                    spec.role() == TensorSpec.Role.NUM_BATCHES_TRACKED
                            ? SavedTensor.longs(spec.shape(), () -> new long[] {1000})
                            : SavedTensor.floats(spec.shape(), () -> weights.read(spec.name())));
        }
        Path file = folder.resolve("weights.pth");
        CheckpointWriter.write(file, state);
        return file;
    }
}
