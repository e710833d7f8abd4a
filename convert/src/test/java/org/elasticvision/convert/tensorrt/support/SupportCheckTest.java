package org.elasticvision.convert.tensorrt.support;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.convert.onnx.TestProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
import static org.elasticvision.convert.onnx.TestProto.strings;

/** Each rule of the table has a small graph that breaks it and one beside it that does not. */
class SupportCheckTest {
    private static final String[] IMAGE = {"N", "3", "8", "8"};

    @TempDir
    Path folder;

    /** A graph over a float32 image {@code x}, of opset 18. */
    private static TestProto image() {
        return new TestProto(18).input("x", FLOAT, IMAGE);
    }

    private SupportReport check(TestProto graph) {
        return SupportCheck.of(graph.write(folder.resolve("model.onnx")));
    }

    private void assertTaken(TestProto graph) {
        assertThat(check(graph.output("y", FLOAT)).refusals()).isEmpty();
    }

    /** Exactly one refusal, of the operator, with these words in it. */
    private void assertRefused(TestProto graph, String operator, String why) {
        assertThat(check(graph.output("y", FLOAT)).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.node()).isEqualTo("the-" + operator);
            assertThat(refusal.operator()).isEqualTo(operator);
            assertThat(refusal.why()).contains(why);
            assertThat(refusal.remedy()).isNotBlank();
            assertThat(refusal.toString()).doesNotContain("\n");
        });
    }

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

    @ParameterizedTest
    @CsvSource({"AveragePool", "MaxPool"})
    void poolsOfOneDimension(String operator) {
        TestProto flat = new TestProto(18)
                .input("x", FLOAT, "1", "3", "8")
                .node(operator, "x", "y", attribute("kernel_shape", List.of(2L)));
        assertRefused(flat, operator, "over 1 dimension, which must be 2 or 3");
        assertTaken(image().node(operator, "x", "y", attribute("kernel_shape", List.of(2L, 2L))));
    }

    @ParameterizedTest
    @CsvSource({"AveragePool", "MaxPool", "LpPool"})
    void poolsWithHoles(String operator) {
        assertRefused(pool(operator, 2), operator, "dilations=[1, 2], which must be all ones");
        assertTaken(pool(operator, 1));
    }

    private static TestProto pool(String operator, long dilation) {
        return image().node(
                        operator,
                        "x",
                        "y",
                        attribute("kernel_shape", List.of(2L, 2L)),
                        attribute("dilations", List.of(1L, dilation)));
    }

    @Test
    void theIndicesOfAMaxPool() {
        TestProto graph = image().node("MaxPool", "x", "y indices", attribute("kernel_shape", List.of(2L, 2L)));
        assertRefused(graph, "MaxPool", "output 1, which is not supported");
    }

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

    private static TestProto quantized(int type, long zero) {
        return image().zeros("s", FLOAT)
                .integers("z", type, List.of(), zero)
                .node("QuantizeLinear", "x s z", "q")
                .node("DequantizeLinear", "q s z", "y");
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

    @ParameterizedTest
    @CsvSource({
        "mode, cubic",
        "coordinate_transformation_mode, tf_crop_and_resize",
        "coordinate_transformation_mode, half_pixel_symmetric",
        "nearest_mode, nowhere",
        "keep_aspect_ratio_policy, not_larger"
    })
    void waysToResize(String attribute, String value) {
        assertRefused(resize(attribute(attribute, value)), "Resize", attribute + "=" + value + ", which must be ");
    }

    @ParameterizedTest
    @CsvSource({
        "mode, linear",
        "coordinate_transformation_mode, align_corners",
        "coordinate_transformation_mode, pytorch_half_pixel",
        "nearest_mode, ceil",
        "keep_aspect_ratio_policy, stretch"
    })
    void waysToResizeThatAreTaken(String attribute, String value) {
        assertTaken(resize(attribute(attribute, value)));
    }

    @Test
    void antialiasing() {
        assertRefused(resize(attribute("antialias", 1)), "Resize", "antialias=1");
        assertTaken(resize(attribute("antialias", 0)));
    }

    private static TestProto resize(AttributeProto attribute) {
        return image().integers("sizes", INT64, List.of(4L), 1, 3, 4, 4).node("Resize", "x - - sizes", "y", attribute);
    }

    @Test
    void axesOfAResize() {
        assertTaken(image().integers("sizes", INT64, List.of(2L), 4, 4)
                .node("Resize", "x - - sizes", "y", attribute("axes", List.of(2L, 3L))));
        assertTaken(image().zeros("scales", FLOAT, 2L)
                .node("Resize", "x - scales", "y", attribute("axes", List.of(2L, 3L))));
        TestProto computed = image().input("scales", FLOAT, "2")
                .node("Resize", "x - scales", "y", attribute("axes", List.of(2L, 3L)));
        assertRefused(computed, "Resize", "axes=[2, 3] with scales that are computed");
        assertTaken(image().input("scales", FLOAT, "4")
                .node("Resize", "x - scales", "y", attribute("axes", List.of(0L, 1L, 2L, 3L))));
    }

    @Test
    void axesThatAreComputed() {
        TestProto graph = image().input("axes", INT64, "1").node("ReduceMean", "x axes", "y");
        assertRefused(graph, "ReduceMean", "no initializer as input 1");
        assertRefused(
                image().input("axes", INT64, "1").node("Unsqueeze", "x axes", "y"),
                "Unsqueeze",
                "computes input 1 from the network's inputs");
        assertTaken(image().integers("one", INT64, List.of(1L), 1)
                .node("Neg", "one", "axes")
                .node("Unsqueeze", "x axes", "y"));
        assertTaken(image().node("Constant", "", "axes", attribute("value_ints", List.of(1L)))
                .node("ReduceMean", "x axes", "y"));
    }

    @Test
    void limitsOfNumbers() {
        assertRefused(
                image().integers("k", INT64, List.of(1L), 3840).node("TopK", "x k", "y i"), "TopK", "3840 or more");
        assertTaken(image().integers("k", INT64, List.of(1L), 3839).node("TopK", "x k", "y i"));
        assertRefused(
                image().integers("k", INT64, List.of(1L), 3).node("TopK", "x k", "y i", attribute("sorted", 0)),
                "TopK",
                "sorted=0");
    }

    @Test
    void ranks() {
        TestProto points = new TestProto(18)
                .input("x", FLOAT, "1", "3", "8", "8", "8")
                .input("grid", FLOAT, "1", "4", "4", "4", "3")
                .node("GridSample", "x grid", "y");
        assertRefused(points, "GridSample", "input 0 of 5 dimensions, which must be 4");
        TestProto followed = image().integers("axes", INT64, List.of(1L), 0)
                .input("grid", FLOAT)
                .node("Unsqueeze", "x axes", "a")
                .node("Relu", "a", "b")
                .node("GridSample", "b grid", "y");
        assertRefused(followed, "GridSample", "input 0 of 5 dimensions");
    }

    @Test
    void openDimensions() {
        assertRefused(new TestProto(18).input("x", FLOAT, "N", "3").node("EyeLike", "x", "y"), "EyeLike", "open");
        assertTaken(new TestProto(18).input("x", FLOAT, "3", "3").node("EyeLike", "x", "y"));
    }

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

    @Test
    void branchesAreLookedInto() {
        assertTaken(branches("a", new TestProto(18).node("Relu", "x", "b").output("b", FLOAT, IMAGE)));
        assertRefused(
                branches("a", new TestProto(18).node("Relu", "x", "a").output("a", FLOAT, IMAGE)),
                "If",
                "both call an output a");
        assertRefused(
                branches("a", new TestProto(18).node("Flatten", "x", "b").output("b", FLOAT)),
                "If",
                "have 4 and 2 dimensions");
        assertRefused(
                branches("a", new TestProto(18).node("Det", "x", "b").output("b", FLOAT, IMAGE)),
                "Det",
                "is not supported");
    }

    private static TestProto branches(String output, TestProto second) {
        TestProto first = new TestProto(18).node("Sigmoid", "x", output).output(output, FLOAT, IMAGE);
        return image().input("c", BOOL, "1")
                .node("If", "c", "y", attribute("then_branch", first), attribute("else_branch", second));
    }

    @Test
    void loopBodiesAreLookedIntoWithWhatTheyCarry() {
        TestProto body = new TestProto(18)
                .input("i", INT64)
                .input("more", BOOL)
                .input("carried", 0)
                .node("Identity", "more", "still")
                .node("And", "carried still", "next")
                .output("still", BOOL)
                .output("next", FLOAT);
        TestProto graph =
                image().integers("count", INT64, List.of(), 3).node("Loop", "count - x", "y", attribute("body", body));
        SupportReport report = check(graph);
        assertThat(report.refusals()).extracting(Refusal::toString).anySatisfy(line -> assertThat(line)
                .startsWith("the-And: And has input 0 of the type FP32, which must be BOOL"));
        assertThat(report.operators()).isEqualTo(3);
        assertThat(report.notes()).singleElement().asString().contains("scan output");
    }

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
