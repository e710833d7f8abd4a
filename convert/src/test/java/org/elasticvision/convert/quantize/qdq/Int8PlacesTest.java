package org.elasticvision.convert.quantize.qdq;

import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.SmallGraph;
import org.elasticvision.convert.onnx.pass.SmallGraph.Conv;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Where small graphs go through 8 bits. */
class Int8PlacesTest {
    private final SmallGraph small = new SmallGraph();

    private Int8Places places(Int8Target target, String... excluded) {
        return Int8Places.of(small.graph(), target, new Exclusion(List.of(excluded))::matches);
    }

    private Node node(String output) {
        return small.graph().producer(output).orElseThrow();
    }

    private List<String> quantized(Int8Places places) {
        return small.graph().nodes().stream()
                .filter(places::isQuantized)
                .map(Node::name)
                .toList();
    }

    /** The convolution that makes the output would give 8 bits that nobody reads. */
    @Test
    void onACpuTheLastConvolutionStaysInFloat() {
        small.conv("y", small.relu("relu", small.conv("first", "x", new Conv(8, 8, 3))), new Conv(8, 8, 1));
        Int8Places places = places(Int8Target.CPU);
        assertThat(quantized(places)).containsExactly("first");
        assertThat(places.values()).containsExactlyInAnyOrder("x", "relu");
        assertThat(places.readsQuantized(node("first"), "x")).isTrue();
        assertThat(places.readsQuantized(node("first"), "relu"))
                .as("it makes that one")
                .isTrue();
        assertThat(places.readsQuantized(node("first"), "first")).isFalse();
        assertThat(places.hasInt8Weights(node("first"))).isTrue();
        assertThat(places.hasInt8Weights(node("y"))).isFalse();
        assertThat(places.hasInt8Weights(node("relu"))).isFalse();
    }

    @Test
    void onACpuAConvolutionWhoseReluIsTheOutputStaysInFloat() {
        small.relu("y", small.conv("last", small.conv("first", "x", new Conv(8, 8, 3)), new Conv(8, 8, 1)));
        assertThat(quantized(places(Int8Target.CPU))).containsExactly("first");
    }

    /** A sum before a convolution is worth it; one that is followed by float nodes alone is not. */
    @Test
    void onACpuSumsAreQuantizedWhereSomethingAfterThemIs() {
        String first = small.conv("first", "x", new Conv(8, 8, 3));
        String inner = small.relu("inner", small.add("sum", first, "x"));
        String second = small.conv("second", inner, new Conv(8, 8, 3));
        String outer = small.add("last_sum", second, inner);
        small.node(OpType.SIGMOID, "y", Map.of(), small.relu("outer", outer));
        Int8Places places = places(Int8Target.CPU);
        assertThat(quantized(places)).containsExactly("first", "sum", "second");
        assertThat(places.values()).containsExactlyInAnyOrder("x", "first", "inner", "second");
        assertThat(quantized(places(Int8Target.CPU, "second"))).containsExactly("first", "sum");
    }

    @Test
    void onACpuAMatrixMayEndInFloat() {
        String pooled = small.node(OpType.GLOBAL_AVERAGE_POOL, "pooled", Map.of(), small.relu("relu", "x"));
        String flat = small.node(OpType.FLATTEN, "flat", Map.of("axis", 1L), pooled);
        small.graph().put(new Initializer.Floats("matrix", List.of(4L, 8L), () -> new float[32]));
        small.node(OpType.GEMM, "y", Map.of("transB", 1L), flat, "matrix");
        Int8Places places = places(Int8Target.CPU);
        assertThat(quantized(places)).containsExactly("pooled", "flat", SmallGraph.LAST);
        assertThat(places.values()).containsExactlyInAnyOrder("relu", "pooled", "flat");
        assertThat(places.scaledAs("flat")).as("moves values only").isEqualTo("pooled");
        assertThat(places.scaledAs("pooled")).as("computes them").isEqualTo("pooled");
        assertThat(places.scaledAs("relu")).isEqualTo("relu");
        assertThat(places(Int8Target.CPU, "pooled", "flat").scaledAs("flat"))
                .as("whose input is in float")
                .isEqualTo("flat");
    }

    /** TensorRT adds to a convolution's own sums what comes in 8 bits; other sums are its own affair. */
    @Test
    void forTensorRtOnlyInputsAreQuantizedAndNotAConvolutionBeforeItsSum() {
        String relu = small.relu("relu", small.conv("first", "x", new Conv(8, 8, 3)));
        String sum = small.add("sum", small.conv("second", relu, new Conv(8, 8, 3)), relu);
        String other = small.relu("other", "x");
        String pooled = small.node(OpType.MAX_POOL, "pooled", Map.of("kernel_shape", List.of(1L, 1L)), sum);
        small.conv("y", small.add("plain", pooled, other), new Conv(8, 8, 1));
        Int8Places places = places(Int8Target.TENSORRT);
        assertThat(quantized(places)).containsExactly("first", "second", "sum", SmallGraph.LAST);
        assertThat(places.values()).containsExactlyInAnyOrder("x", "relu", "plain");
        assertThat(places.readsQuantized(node("sum"), "relu")).isTrue();
        assertThat(places.readsQuantized(node("sum"), "second")).isFalse();
        assertThat(places.readsQuantized(node("plain"), "other")).isFalse();
        assertThat(places.readsQuantized(node("other"), "x"))
                .as("computed in float")
                .isFalse();
    }

    @Test
    void forTensorRtASumThatIsExcludedReadsFloat() {
        String relu = small.relu("relu", small.conv("first", "x", new Conv(8, 8, 3)));
        small.add("y", small.conv("second", "x", new Conv(8, 8, 3)), relu);
        Int8Places places = places(Int8Target.TENSORRT, SmallGraph.LAST);
        assertThat(places.values()).containsExactly("x");
        assertThat(places.readsQuantized(node("y"), "x")).isFalse();
    }

    /** As of a graph that was not prepared, in which a pooling has another name. */
    @Test
    void whatNobodyMakesHereReadsNothing() {
        small.conv("y", small.conv("first", "x", new Conv(8, 8, 3)), new Conv(8, 8, 1));
        Node elsewhere = node("first").withOutput("elsewhere");
        Int8Places places = places(Int8Target.CPU);
        assertThat(places.readsQuantized(elsewhere, "x")).isFalse();
        assertThat(places.hasInt8Weights(elsewhere)).isFalse();
        Graph graph = small.graph();
        assertThat(graph.producer("elsewhere")).isEmpty();
    }
}
