package org.elasticvision.convert.tensorrt.support;

import java.util.List;
import org.elasticvision.convert.onnx.TestProto;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.elasticvision.convert.onnx.TestProto.BOOL;
import static org.elasticvision.convert.onnx.TestProto.FLOAT;
import static org.elasticvision.convert.onnx.TestProto.attribute;
import static org.elasticvision.convert.onnx.TestProto.strings;

/** Attributes, and inputs that stand for one. */
class AttributeRulesTest extends SupportRules {
    @Test
    void attributesThatAreNotTaken() {
        assertThat(check(image().node("Constant", "", "s", attribute("value_string", "text"))
                                .node("Relu", "x", "y"))
                        .refusals())
                .extracting(Refusal::why)
                .hasSize(2)
                .anySatisfy(why -> assertThat(why).contains("the type STRING"))
                .anySatisfy(why -> assertThat(why).contains("value_string=text, which is not supported"));
        assertRefused(
                image().node("LSTM", "x x x", "y", attribute("input_forget", 1)),
                "LSTM",
                "input_forget=1, which must be 0");
        assertRefused(
                image().node("ScatterND", "x x x", "y", attribute("reduction", "add")), "ScatterND", "reduction=add");
        assertRefused(
                image().node("GRU", "x x x", "y", strings("activations", "Sigmoid", "Tanh", "Sigmoid", "Relu")),
                "GRU",
                "the same in both directions");
        assertTaken(image().node("GRU", "x x x", "y", strings("activations", "Sigmoid", "Tanh", "Sigmoid", "Tanh")));
        assertRefused(
                image().node("DeformConv", "x x x", "y", attribute("pads", List.of(1L, 1L, 0L, 1L))),
                "DeformConv",
                "pads=[1, 1, 0, 1], which must be the same at both ends");
    }

    @Test
    void dropoutIsForInference() {
        TestProto training = image().zeros("ratio", FLOAT).integers("training", BOOL, List.of(), 1);
        assertRefused(training.node("Dropout", "x ratio training", "y"), "Dropout", "input 2 other than 0");
        TestProto inference = image().zeros("ratio", FLOAT).integers("training", BOOL, List.of(), 0);
        assertTaken(inference.node("Dropout", "x ratio training", "y"));
    }
}
