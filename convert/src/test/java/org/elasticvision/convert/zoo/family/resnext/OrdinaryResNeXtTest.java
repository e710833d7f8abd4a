package org.elasticvision.convert.zoo.family.resnext;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.CheckpointFiles;
import org.elasticvision.convert.Conversion;
import org.elasticvision.convert.ConversionOptions;
import org.elasticvision.convert.ExportPrecision;
import org.elasticvision.convert.Recognition;
import org.elasticvision.convert.Verification;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.layer.Linear;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Pool2d;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** ResNeXts of one branch in each block, as torchvision and timm have them, become ours of two. */
class OrdinaryResNeXtTest {
    private static final int SIDE = 32;

    @TempDir
    Path folder;

    /** Written from the description of ResNeXt and not from ours, at the size of our tiny one. */
    private static final class Ordinary implements Network {
        private record Block(
                String name,
                List<Conv2d> convs,
                List<BatchNorm2d> norms,
                Optional<Conv2d> short1,
                BatchNorm2d short2) {}

        private final LayerScope root = LayerScope.root();
        private final Conv2d conv1 = root.conv2d("conv1", 3, 8, 3, 2, 1);
        private final BatchNorm2d bn1 = root.batchNorm("bn1", 8);
        private final List<Block> blocks = new ArrayList<>();
        private final Linear fc;

        Ordinary(List<Integer> depths, int classes) {
            int in = 8;
            for (int stage = 0; stage < depths.size(); stage++) {
                for (int i = 0; i < depths.get(stage); i++) {
                    int width = 16 << stage;
                    int out = 32 << stage;
                    int stride = i == 0 && stage > 0 ? 2 : 1;
                    LayerScope scope = root.child("layer" + (stage + 1)).child(i);
                    Conv2d first = scope.conv1x1("conv1", in, width);
                    BatchNorm2d firstNorm = scope.batchNorm("bn1", width);
                    Conv2d second = scope.conv3x3("conv2", width, width, stride, 1, 4);
                    BatchNorm2d secondNorm = scope.batchNorm("bn2", width);
                    Conv2d third = scope.conv1x1("conv3", width, out);
                    BatchNorm2d thirdNorm = scope.batchNorm("bn3", out);
                    LayerScope shortcut = scope.child("downsample");
                    blocks.add(new Block(
                            scope.name(),
                            List.of(first, second, third),
                            List.of(firstNorm, secondNorm, thirdNorm),
                            i == 0 ? Optional.of(shortcut.conv2d("0", in, out, 1, stride, 0)) : Optional.empty(),
                            i == 0 ? shortcut.batchNorm("1", out) : thirdNorm));
                    in = out;
                }
            }
            fc = root.linear("fc", in, classes);
        }

        @Override
        public List<Layer> layers() {
            return root.layers();
        }

        @Override
        public Head head() {
            return Head.of("fc");
        }

        @Override
        public <T> T forward(LayerOps<T> ops, T image) {
            T x = ops.relu(ops.batchNorm(bn1, ops.conv2d(conv1, image)));
            for (Block block : blocks) {
                T in = x;
                x = ops.block(block.name, in, start -> {
                    T inside = ops.relu(ops.batchNorm(block.norms.get(0), ops.conv2d(block.convs.get(0), start)));
                    inside = ops.relu(ops.batchNorm(block.norms.get(1), ops.conv2d(block.convs.get(1), inside)));
                    inside = ops.batchNorm(block.norms.get(2), ops.conv2d(block.convs.get(2), inside));
                    T around = block.short1
                            .map(conv -> ops.batchNorm(block.short2, ops.conv2d(conv, start)))
                            .orElse(start);
                    return ops.relu(ops.add(inside, around));
                });
            }
            return ops.linear(fc, ops.flatten(ops.globalAvgPool2d(x)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theHalvesAnswerAsTheWhole(boolean optimize) throws Exception {
        Ordinary network = new Ordinary(List.of(2, 3, 2), 10);
        SyntheticWeights weights = new SyntheticWeights(network);
        Graph graph = OnnxExporter.export(
                "ordinary",
                Task.CLASSIFICATION,
                network,
                weights,
                new OnnxExporter.Options(SIDE, SIDE, BatchDimension.DYNAMIC, Opset.DEFAULT, false));
        Path checkpoint = folder.resolve("ordinary.pth");
        CheckpointWriter.write(checkpoint, saved(network, weights));
        Path model = folder.resolve("converted.onnx");
        ConversionOptions options = new ConversionOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new InputSize(SIDE, SIDE)),
                BatchDimension.DYNAMIC,
                Opset.DEFAULT,
                optimize,
                ExportPrecision.FP32);
        List<String> notes = new ArrayList<>();
        try (Checkpoint opened = Checkpoint.open(checkpoint)) {
            Path whole = folder.resolve("whole.onnx");
            Conversion.convert(opened, model, options, notes::add);
            try (Model<?> converted = Model.open(model)) {
                assertThat(converted.info().architecture()).isEqualTo("resnext_tiny");
                new OnnxModel(graph, Opset.DEFAULT, converted.info().toMetadata()).write(whole);
                TensorShape shape = converted.inputShape().withBatch(1);
                try (Model<?> ordinary = Model.open(whole)) {
                    for (float[] picture : Verification.pictures(shape, 3, 1)) {
                        float[] expected =
                                ordinary.run(new Tensor(shape, picture)).values();
                        float[] actual =
                                converted.run(new Tensor(shape, picture)).values();
                        float largest = largest(expected);
                        assertThat(largest).isGreaterThan(0.1f);
                        for (int i = 0; i < expected.length; i++) {
                            assertThat(actual[i]).isEqualTo(expected[i], within(1e-5f * largest));
                        }
                    }
                }
            }
        }
        assertThat(notes).singleElement().asString().startsWith("an ordinary ResNeXt");
    }

    @ParameterizedTest
    @CsvSource({
        "resnext50, torchvision, PADDED",
        "resnext101, timm, PADDED",
        "se_resnext50, timm, PADDED",
        "se_resnext50, legacy, UNPADDED"
    })
    void theNamesOfOthersAreKnown(Architecture architecture, String names, String pool) throws IOException {
        List<TensorSpec> tensors = architecture.network(Task.CLASSIFICATION, 7).tensors().stream()
                .filter(spec -> !spec.name().contains("_d."))
                .map(spec -> new TensorSpec(otherName(spec.name(), names), whole(spec), spec.role()))
                .toList();
        Path file = CheckpointFiles.hollow(folder.resolve("other.pth"), Optional.empty(), tensors);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Recognition recognition = Recognition.of(checkpoint, Optional.empty(), Optional.empty());
            assertThat(recognition.architecture()).isEqualTo(architecture);
            assertThat(recognition.classes()).isEqualTo(7);
            Pool2d expected = pool.equals("PADDED") ? new Pool2d(3, 2, 1, false) : new Pool2d(3, 2, 0, true);
            assertThat(((ResNeXt) recognition.network()).variant().size().stemPool())
                    .contains(expected);
            assertThat(recognition.weights().names())
                    .containsAll(architecture.network(Task.CLASSIFICATION, 7).tensors().stream()
                            .map(TensorSpec::name)
                            .toList());
        }
    }

    @Test
    void ordinaryNetworksOfOtherWidthsAreCalledThat() {
        Map<String, SavedTensor> state = new LinkedHashMap<>();
        for (TensorSpec spec : new Ordinary(List.of(3, 4, 6, 3), 10).tensors()) {
            int count = Math.toIntExact(spec.elementCount());
            state.put(spec.name(), SavedTensor.bytes(spec.shape(), () -> new byte[count]));
        }
        Path file = folder.resolve("thin.pth");
        CheckpointWriter.write(file, state);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThatThrownBy(() -> Recognition.of(checkpoint, Optional.empty(), Optional.empty()))
                    .hasMessageContaining(
                            "holds a ResNet or ResNeXt of another size; ResNet-18 to -152 are taken, and ResNeXts of 32 groups"
                                    + " by 4 channels (32x4d), in halves");
        }
    }

    /** The shape before it was cut in halves. */
    private static List<Long> whole(TensorSpec spec) {
        List<Long> shape = new ArrayList<>(spec.shape());
        if (spec.name().matches("layer\\d+\\.\\d+\\.(conv1|bn1|conv2|bn2)\\..*") && !shape.isEmpty()) {
            shape.set(0, 2 * shape.get(0));
        } else if (spec.name().matches("layer\\d+\\.\\d+\\.conv3\\.weight")) {
            shape.set(1, 2 * shape.get(1));
        }
        return shape;
    }

    private static String otherName(String name, String names) {
        String se = names.equals("legacy") ? ".se_module.fc" : ".se.fc";
        String renamed = name.replace(".selayer.conv", se);
        if (!names.equals("legacy")) {
            return renamed;
        }
        return name.startsWith("layer")
                ? renamed
                : name.startsWith("fc.") ? "last_linear" + name.substring(2) : "layer0." + name;
    }

    private static Map<String, SavedTensor> saved(Network network, SyntheticWeights weights) {
        Map<String, SavedTensor> state = new LinkedHashMap<>();
        network.tensors()
                .forEach(spec ->
                        state.put(spec.name(), SavedTensor.floats(spec.shape(), () -> weights.read(spec.name()))));
        return state;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
