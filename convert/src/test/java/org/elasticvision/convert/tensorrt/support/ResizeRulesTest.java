package org.elasticvision.convert.tensorrt.support;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import org.elasticvision.convert.onnx.TestProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.elasticvision.convert.onnx.TestProto.FLOAT;
import static org.elasticvision.convert.onnx.TestProto.INT64;
import static org.elasticvision.convert.onnx.TestProto.attribute;

/** Resizing. */
class ResizeRulesTest extends SupportRules {
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

    private static TestProto resize(AttributeProto attribute) {
        return image().integers("sizes", INT64, List.of(4L), 1, 3, 4, 4).node("Resize", "x - - sizes", "y", attribute);
    }
}
