package org.elasticvision.convert.compare.reduce;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.Verification;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.extract.ModelParts;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReducerTest {
    private static final TensorShape IMAGE = TensorShape.of(1, 3, 64, 64);
    private static final Runner CPU = Runner.of(EngineOptions.defaults().withProvider(Provider.CPU));
    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path folder;

    private final List<Tensor> inputs = Verification.pictures(IMAGE, 1, 1).stream()
            .map(picture -> new Tensor(IMAGE, picture))
            .toList();
    private Path model;

    @BeforeEach
    void writeModel() {
        model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
    }

    @Test
    void oneAlteredWeightIsFoundOnWhicheverBranchItIs() {
        Graph graph = OnnxModel.read(model).graph();
        List<Node> convs = graph.nodes(OpType.CONV);
        for (int i : new int[] {0, convs.size() / 2 + 1}) {
            Node altered = convs.get(i);
            Reduction found = reduce(CPU, altered(altered)).orElseThrow();
            assertThat(found.value()).isEqualTo(altered.output());
            assertThat(found.operator()).isEqualTo("Conv");
            assertThat(found.error()).isGreaterThan(TOLERANCE);
            assertThat(found.expected().operators()).containsExactly("Conv");
            assertThat(found.expected().inputs())
                    .containsExactly(altered.inputs().get(0));
        }
    }

    /** As one whose kernel for one operator is wrong would be; all else is computed as it should be. */
    @Test
    void anEngineThatIsWrongAboutAnOperatorIsFoundAtItsFirstNode() {
        Node join = OnnxModel.read(model).graph().nodes(OpType.ADD).get(2);
        Runner wrong = (file, input) -> {
            boolean hasJoin = ModelParts.of(file).values().contains(join.output());
            Tensor right = CPU.run(file, input);
            if (hasJoin) {
                right.values()[0] += 10;
            }
            return right;
        };
        Reduction found = reduce(wrong, model).orElseThrow();
        assertThat(found.value()).isEqualTo(join.output());
        assertThat(found.expected().operators()).containsExactly("Add");
        assertThat(found.input().values()).isNotEqualTo(inputs.get(0).values());
    }

    @Test
    void anEngineThatTakesNoPartsGetsTheShortestThatItTakes() {
        Node altered = OnnxModel.read(model).graph().nodes(OpType.CONV).get(3);
        Runner whole = (file, input) -> {
            if (!ModelParts.of(file).inputs().contains("image")) {
                throw new ModelException("not taken");
            }
            return CPU.run(file, input);
        };
        Reduction found = reduce(whole, altered(altered)).orElseThrow();
        assertThat(found.value()).isEqualTo(altered.output());
        assertThat(found.expected().inputs()).containsExactly("image");
    }

    @Test
    void precisionsAreComparedToo() {
        OnnxModel read = OnnxModel.read(model);
        Path half = folder.resolve("half.onnx");
        new OnnxModel(Passes.FP16.run(read.graph()), read.opset(), read.metadata()).write(half);
        Reduction found;
        try (Reducer reducer = new Reducer(model, CPU, half, CPU, 1e-6)) {
            found = reducer.reduce(inputs).orElseThrow();
        }
        assertThat(found.expected().operators()).doesNotContain("Cast").hasSize(1);
        assertThat(found.actual().operators()).contains("Cast", found.operator());
        assertThat(reduce(CPU, half)).isPresent();
        try (Reducer reducer = new Reducer(model, CPU, half, CPU, 0.05)) {
            assertThat(reducer.reduce(inputs)).isEmpty();
        }
    }

    @Test
    void whatAgreesHasNoReduction() {
        assertThat(reduce(CPU, model)).isEmpty();
        assertThat(reduce(Runner.of(EngineOptions.defaults().withProvider(Provider.ONEDNN)), model))
                .isEmpty();
    }

    @Test
    void anInputOfAnotherShapeIsRefused() {
        Tensor small = new Tensor(TensorShape.of(1, 3, 2, 2), new float[12]);
        try (Reducer reducer = new Reducer(model, CPU, model, CPU, TOLERANCE)) {
            assertThatThrownBy(() -> reducer.reduce(List.of(small)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("takes an input of")
                    .hasMessageContaining("64");
        }
    }

    private Optional<Reduction> reduce(Runner actual, Path other) {
        try (Reducer reducer = new Reducer(model, CPU, other, actual, TOLERANCE)) {
            return reducer.reduce(inputs);
        }
    }

    private Path altered(Node conv) {
        OnnxModel read = OnnxModel.read(model);
        Initializer.Floats weights = read.graph().weights(conv.inputs().get(1));
        read.graph().put(new Initializer.Floats(weights.name(), weights.shape(), () -> {
            float[] values = weights.read();
            values[0] += 0.5f;
            return values;
        }));
        Path file = folder.resolve("altered.onnx");
        read.write(file);
        return file;
    }
}
