package org.elasticvision.convert.tensorrt.support;

import java.util.List;
import org.elasticvision.convert.onnx.TestProto;
import org.junit.jupiter.api.Test;

import static org.elasticvision.convert.onnx.TestProto.FLOAT;
import static org.elasticvision.convert.onnx.TestProto.INT64;
import static org.elasticvision.convert.onnx.TestProto.attribute;

/** Dimensions, axes, and numbers that must be known when the engine is built. */
class ShapeRulesTest extends SupportRules {
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
}
