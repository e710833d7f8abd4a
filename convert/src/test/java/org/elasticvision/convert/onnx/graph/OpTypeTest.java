package org.elasticvision.convert.onnx.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The table of operators: a wrong node fails where it is made, and says which node and why. */
class OpTypeTest {
    private static final List<String> INPUTS = List.of("x", "w");
    private static final Map<String, Object> CONV = Map.of("kernel_shape", List.of(3L, 3L), "group", 1L);

    @ParameterizedTest
    @ValueSource(strings = {"kernel_shape", "group"})
    void aConvWithoutAMandatoryAttributeFailsWhereItIsMade(String missing) {
        assertThatCode(() -> Node.of(OpType.CONV, "layer1.conv", INPUTS, CONV)).doesNotThrowAnyException();
        Map<String, Object> attributes = new HashMap<>(CONV);
        attributes.remove(missing);
        assertThatThrownBy(() -> Node.of(OpType.CONV, "layer1.conv", INPUTS, attributes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer1.conv: Conv needs the attribute " + missing);
    }

    /** A file may leave it to the standard: other programs do. */
    @Test
    void aFileMayLeaveOutWhatTheStandardHasADefaultFor() {
        Node node = new Node(OpType.CONV, "c", INPUTS, "c", Map.of());
        assertThat(node.checked()).isSameAs(node);
    }

    @Test
    void anAttributeOfAnotherTypeIsRefused() {
        Map<String, Object> attributes = new HashMap<>(CONV);
        attributes.put("group", 1f);
        assertThatThrownBy(() -> Node.of(OpType.CONV, "c", INPUTS, attributes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("c: the attribute group of Conv must be of the type INT, not 1.0");
        attributes.put("group", 1L);
        attributes.put("kernel_shape", List.of(3f));
        assertThatThrownBy(() -> Node.of(OpType.CONV, "c", INPUTS, attributes))
                .hasMessage("c: the attribute kernel_shape of Conv must be of the type INTS, not [3.0]");
    }

    @Test
    void inputsAndAttributesThatTheOperatorDoesNotTakeAreRefused() {
        assertThatThrownBy(() -> Node.of(OpType.ADD, "a", List.of("x"), Map.of()))
                .hasMessage("a: Add cannot take 1 inputs");
        assertThatThrownBy(() -> Node.of(OpType.RELU, "r", List.of("x"), Map.of("alpha", 1f)))
                .hasMessage("r: Relu has no attribute alpha");
        assertThatCode(() -> Node.of(OpType.CONCAT, "c", List.of("a", "b", "c", "d"), Map.of("axis", 1L)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(OpType.class)
    void everyOperatorIsFoundByItsNameInTheStandard(OpType op) {
        assertThat(OpType.of(op.onnxName())).hasValue(op);
    }

    @Test
    void weightsAndSizesAreNoActivations() {
        assertThat(Node.of(OpType.CONV, "c", INPUTS, CONV).activations()).containsExactly("x");
        assertThat(Node.of(OpType.ADD, "a", List.of("x", "y"), Map.of()).activations())
                .containsExactly("x", "y");
        assertThat(Node.of(OpType.EXPAND, "e", List.of("x", "size"), Map.of()).activations())
                .containsExactly("x");
        assertThat(Node.of(OpType.CONCAT, "c", List.of("x", "y", "z"), Map.of("axis", 1L))
                        .activations())
                .containsExactly("x", "y", "z");
    }

    @Test
    void whatQuantizationAsks() {
        assertThat(OpType.values()).filteredOn(OpType::hasInt8Weights).containsExactly(OpType.CONV, OpType.GEMM);
        assertThat(OpType.values())
                .filteredOn(OpType::hasInt8KernelOnCpu)
                .containsExactly(
                        OpType.ADD,
                        OpType.CONCAT,
                        OpType.CONV,
                        OpType.FLATTEN,
                        OpType.GEMM,
                        OpType.GLOBAL_AVERAGE_POOL,
                        OpType.MAX_POOL,
                        OpType.MUL);
        assertThat(OpType.values())
                .filteredOn(OpType::movesValuesOnly)
                .containsExactly(OpType.EXPAND, OpType.FLATTEN, OpType.MAX_POOL);
        assertThat(OpType.values())
                .filteredOn(OpType::isPerPixel)
                .containsExactly(OpType.BATCH_NORMALIZATION, OpType.RELU, OpType.SIGMOID);
    }
}
