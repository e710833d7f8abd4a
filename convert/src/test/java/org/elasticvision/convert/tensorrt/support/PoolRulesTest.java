package org.elasticvision.convert.tensorrt.support;

import java.util.List;
import org.elasticvision.convert.onnx.TestProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.elasticvision.convert.onnx.TestProto.FLOAT;
import static org.elasticvision.convert.onnx.TestProto.attribute;

/** Pooling. */
class PoolRulesTest extends SupportRules {
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
}
