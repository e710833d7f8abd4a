package org.elasticvision.convert.tensorrt.support;

import org.elasticvision.convert.onnx.TestProto;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.elasticvision.convert.onnx.TestProto.FLOAT;
import static org.elasticvision.convert.onnx.TestProto.FLOAT16;
import static org.elasticvision.convert.onnx.TestProto.INT8;
import static org.elasticvision.convert.onnx.TestProto.attribute;

/** What is said of a model as a whole. */
class SupportReportTest extends SupportRules {
    @Test
    void whatNobodyKnowsIsNotRefused() {
        TestProto graph = image().function("mine", "Unknown")
                .node("mine", "Unknown", "x", "a")
                .node("Sigmoid", "a", "b")
                .node("Add", "b x", "y");
        assertThat(check(graph).refusals()).isEmpty();
    }

    @Test
    void theReportSaysWhatTheModelIs() {
        TestProto half = new TestProto(19)
                .input("x", FLOAT, IMAGE)
                .node("Cast", "x", "h", attribute("to", FLOAT16))
                .node("Relu", "h", "r")
                .node("Cast", "r", "y", attribute("to", FLOAT))
                .output("y", FLOAT);
        assertThat(check(half).lines()).containsExactly("TensorRT 10.15: supported (3 operators, opset 19, fp16)");
        assertThat(check(quantized(INT8, 0)).precision()).isEqualTo("int8");
        assertThat(check(image().node("Relu", "x", "y")).lines())
                .containsExactly("TensorRT 10.15: supported (1 operator, opset 18, fp32)");
    }
}
