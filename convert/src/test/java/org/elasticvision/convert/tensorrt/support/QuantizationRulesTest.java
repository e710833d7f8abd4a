package org.elasticvision.convert.tensorrt.support;

import java.util.List;
import org.elasticvision.convert.onnx.TestProto;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.elasticvision.convert.onnx.TestProto.FLOAT;
import static org.elasticvision.convert.onnx.TestProto.INT32;
import static org.elasticvision.convert.onnx.TestProto.INT8;
import static org.elasticvision.convert.onnx.TestProto.UINT8;
import static org.elasticvision.convert.onnx.TestProto.attribute;

/** Zero points and types of quantized values. */
class QuantizationRulesTest extends SupportRules {
    @Test
    void zeroPoints() {
        assertTaken(quantized(INT8, 0));
        assertThat(check(quantized(INT8, 3)).refusals()).singleElement().satisfies(refusal -> assertThat(refusal.why())
                .contains("made for CPUs"));
        TestProto weights = image().zeros("s", FLOAT)
                .zeros("codes", INT8, 3L)
                .integers("z", INT8, List.of(), 3)
                .node("DequantizeLinear", "codes s z", "y");
        assertRefused(weights, "DequantizeLinear", "input 2 other than 0");
        TestProto computed = image().zeros("s", FLOAT)
                .zeros("codes", INT8, 3L)
                .node("Cast", "x", "z", attribute("to", INT8))
                .node("DequantizeLinear", "codes s z", "y");
        assertThat(check(computed).refusals())
                .extracting(Refusal::operator)
                .containsExactly("Cast", "DequantizeLinear");
    }

    @Test
    void aBiasOf32Bits() {
        TestProto graph = image().zeros("s", FLOAT).zeros("codes", INT32, 3L).node("DequantizeLinear", "codes s", "y");
        assertRefused(graph, "DequantizeLinear", "INT32, which must be");
    }

    @Test
    void aModelForCpusIsOneRefusalHoweverLargeItIs() {
        TestProto graph = image().zeros("s", FLOAT).integers("z", UINT8, List.of(), 128);
        String value = "x";
        for (int i = 0; i < 50; i++) {
            graph.node("QuantizeLinear", value + " s z", "q" + i).node("DequantizeLinear", "q" + i + " s z", "f" + i);
            value = "f" + i;
        }
        graph.node("Det", value, "d").node("Relu", "d", "y");
        assertThat(check(graph).lines())
                .containsExactlyInAnyOrder(
                        "TensorRT 10.15: refused: the-Det: Det is not supported; export the model without it",
                        "TensorRT 10.15: refused: the model: int8 is made for CPUs, with UINT8 or zero points in 50"
                                + " places; run 'elastic quantize --target tensorrt' on the fp32 model");
    }

    @Test
    void aQuantizationThatNamesNoZeroPointIsUnsigned() {
        TestProto graph =
                image().zeros("s", FLOAT).node("QuantizeLinear", "x s", "q").node("DequantizeLinear", "q s", "y");
        assertThat(check(graph).refusals())
                .singleElement()
                .extracting(Refusal::operator)
                .isEqualTo("int8");
    }
}
