package org.elasticvision.convert.tensorrt.support;

import org.elasticvision.convert.onnx.TestProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.elasticvision.convert.onnx.TestProto.FLOAT;

/** Operators and operator sets. */
class OperatorRulesTest extends SupportRules {
    @Test
    void anOperatorThatTensorRtDoesNotHave() {
        assertRefused(image().node("Det", "x", "y"), "Det", "is not supported");
        assertRefused(image().node("Swish2", "x", "y"), "Swish2", "its table does not have");
        assertRefused(image().node("com.microsoft", "FusedConv", "x x", "y"), "FusedConv", "domain com.microsoft");
        assertTaken(image().node("ai.onnx", "Relu", "x", "y"));
    }

    @Test
    void aFunctionOfTheModelIsNotLookedInto() {
        SupportReport report = check(image().function("mine", "Twice").node("mine", "Twice", "x", "y"));
        assertThat(report.refusals()).isEmpty();
        assertThat(report.notes()).singleElement().asString().contains("Twice");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 25})
    void anOperatorSetThatTensorRtDoesNotHave(int opset) {
        SupportReport report =
                check(new TestProto(opset).input("x", FLOAT, IMAGE).node("Relu", "x", "y"));
        assertThat(report.lines())
                .containsExactly("TensorRT 10.15: refused: the model: opset " + opset
                        + " is outside of 9 to 24; export it with another one");
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 24})
    void theFirstAndLastOperatorSet(int opset) {
        assertTaken(new TestProto(opset).input("x", FLOAT, IMAGE).node("Relu", "x", "y"));
    }
}
