package org.elasticvision.convert.tensorrt.support;

import java.util.List;
import org.elasticvision.convert.onnx.TestProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.elasticvision.convert.onnx.TestProto.BOOL;
import static org.elasticvision.convert.onnx.TestProto.DOUBLE;
import static org.elasticvision.convert.onnx.TestProto.FLOAT;
import static org.elasticvision.convert.onnx.TestProto.FLOAT16;
import static org.elasticvision.convert.onnx.TestProto.INT32;
import static org.elasticvision.convert.onnx.TestProto.INT64;
import static org.elasticvision.convert.onnx.TestProto.INT8;
import static org.elasticvision.convert.onnx.TestProto.UINT8;
import static org.elasticvision.convert.onnx.TestProto.attribute;

/** What type a value has, and which may meet. */
class TypeRulesTest extends SupportRules {
    @Test
    void aTypeThatTheOperatorDoesNotTake() {
        TestProto ints = new TestProto(18).input("x", INT64, IMAGE);
        assertRefused(ints.node("Sigmoid", "x", "y"), "Sigmoid", "INT64, which must be FP32, FP16 or BF16");
        TestProto codes = image().zeros("codes", INT8, 1L, 1L)
                .integers("shape", INT64, List.of(2L), 4, 4)
                .node("Expand", "codes shape", "y");
        assertRefused(codes, "Expand", "INT8");
        TestProto slices = image().zeros("codes", INT8, 4L)
                .integers("one", INT64, List.of(1L), 1)
                .node("Slice", "codes one one", "y");
        assertRefused(slices, "Slice", "INT8");
        assertRefused(
                image().zeros("codes", INT8, 4L).node("Concat", "codes codes", "y", attribute("axis", 0)),
                "Concat",
                "INT8");
    }

    @Test
    void theTypeIsFollowedThroughTheGraph() {
        assertRefused(
                image().node("Shape", "x", "a").node("Identity", "a", "b").node("Sigmoid", "b", "y"),
                "Sigmoid",
                "INT64");
        assertRefused(image().node("Greater", "x x", "a").node("Relu", "a", "y"), "Relu", "BOOL");
        assertRefused(image().node("Cast", "x", "a", attribute("to", INT32)).node("Conv", "a a", "y"), "Conv", "INT32");
    }

    @Test
    void aTypeThatACastMakes() {
        assertRefused(image().node("Cast", "x", "y", attribute("to", INT8)), "Cast", "output 0 of the type INT8");
        assertTaken(image().node("Cast", "x", "a", attribute("to", FLOAT16)).node("Relu", "a", "y"));
    }

    @Test
    void typesThatAreMixed() {
        TestProto sum = image().zeros("w", FLOAT16, 1L).node("Add", "x w", "y");
        assertRefused(sum, "Add", "FP32 and FP16");
        TestProto conv = image().zeros("w", FLOAT16, 3L, 3L, 1L, 1L).node("Conv", "x w", "y");
        assertRefused(conv, "Conv", "FP32 and FP16");
        TestProto bias = image().zeros("w", FLOAT, 3L, 3L, 1L, 1L)
                .zeros("b", FLOAT16, 3L)
                .node("Conv", "x w b", "y");
        assertRefused(bias, "Conv", "FP32 and FP16");
        TestProto parts = image().node("Cast", "x", "h", attribute("to", FLOAT16))
                .node("Concat", "x x h", "y", attribute("axis", 1));
        assertRefused(parts, "Concat", "FP32 and FP16");
        TestProto condition = new TestProto(18)
                .input("c", BOOL, "1")
                .input("x", FLOAT, "1")
                .zeros("h", FLOAT16, 1L)
                .node("Where", "c x h", "y");
        assertRefused(condition, "Where", "FP32 and FP16");
    }

    @Test
    void whatHasAnotherTypeByItsNatureMay() {
        assertTaken(image().integers("indices", INT64, List.of(1L), 0).node("Gather", "x indices", "y"));
        assertTaken(image().integers("pads", INT64, List.of(8L), 0, 0, 0, 0, 0, 0, 1, 1)
                .node("Pad", "x pads", "y"));
        TestProto half = new TestProto(18)
                .input("x", FLOAT16, IMAGE)
                .integers("sizes", INT64, List.of(4L), 1, 3, 4, 4)
                .node("Resize", "x - - sizes", "y");
        assertTaken(half);
        // The parser casts the statistics to the type of the image.
        assertTaken(new TestProto(18)
                .input("x", FLOAT16, IMAGE)
                .zeros("w", FLOAT, 3L)
                .node("BatchNormalization", "x w w w w", "y"));
    }

    @Test
    void unsignedBytesAreForThePortsOfTheNetwork() {
        assertTaken(new TestProto(18).input("x", UINT8, IMAGE).node("Cast", "x", "y", attribute("to", FLOAT)));
        TestProto out = image().node("Cast", "x", "y", attribute("to", UINT8)).output("y", UINT8);
        assertThat(check(out).refusals()).isEmpty();
        TestProto inside = image().node("Cast", "x", "bytes", attribute("to", UINT8))
                .node("Cast", "bytes", "y", attribute("to", FLOAT));
        assertThat(check(inside).refusals())
                .extracting(Refusal::why)
                .containsExactly(
                        "has output 0 of the type UINT8, which only inputs and outputs of the network may have",
                        "has input 0 of the type UINT8, which only inputs and outputs of the network may have");
    }

    @ParameterizedTest
    @CsvSource({"input, 5, INT16", "input, 8, STRING", "input, 14, COMPLEX64"})
    void typesThatTensorRtDoesNotHave(String kind, int type, String name) {
        TestProto graph = image().input("other", type, "1").node("Relu", "x", "y");
        assertThat(check(graph).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.node()).isEqualTo("other");
            assertThat(refusal.operator()).isEqualTo(kind);
            assertThat(refusal.why()).contains(name);
        });
    }

    @Test
    void doubleBecomesFloat() {
        SupportReport report = check(new TestProto(18)
                .input("x", DOUBLE, IMAGE)
                .zeros("w", FLOAT, 1L)
                .node("Relu", "x", "y"));
        assertThat(report.refusals()).isEmpty();
        assertThat(report.notes()).containsExactly("float64 becomes float32");
    }
}
