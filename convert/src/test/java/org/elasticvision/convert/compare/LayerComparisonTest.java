package org.elasticvision.convert.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.precision.Pictures;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LayerComparisonTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() {
        file = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 5);
    }

    @Test
    void theFirstBadLayerIsWhereTheWeightsAreWrong() throws IOException {
        OnnxModel damaged = OnnxModel.read(file);
        Node conv = damaged.graph().producer("layer2.1.conv3_d").orElseThrow();
        Initializer.Floats weight = damaged.graph().weights(conv.inputs().get(1));
        damaged.graph().put(new Initializer.Floats(weight.name(), weight.shape(), () -> negated(weight.read())));
        List<LayerError> errors = errors(damaged);
        assertThat(LayerReport.firstBad(errors)).map(LayerError::name).contains("layer2.1.conv3_d");
        assertThat(errors)
                .filteredOn(error -> error.name().startsWith("layer1."))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error.signalToNoise()).isInfinite());
        String page = LayerReport.html("<Title>", List.of("a & b"), errors);
        assertThat(page)
                .contains(
                        "&lt;Title&gt;", "a &amp; b", "The first bad layer is layer2.1.conv3_d", "<tr class=\"bad\">");
    }

    @Test
    void float16IsLookedAtAsItIs() throws IOException {
        OnnxModel single = OnnxModel.read(file);
        OnnxModel half = new OnnxModel(Passes.FP16.run(single.graph()), single.opset(), Map.of());
        assertThat(errors(half)).isNotEmpty().allSatisfy(error -> assertThat(error.signalToNoise())
                .isBetween(45.0, 100.0));
    }

    private List<LayerError> errors(OnnxModel actual) throws IOException {
        OnnxModel expected = OnnxModel.read(file);
        ModelInfo info = ModelInfo.fromMetadata("tiny", expected.metadata());
        try (LayerComparison comparison = new LayerComparison(expected, actual, info.preprocessing())) {
            Pictures.sources(folder, 2).forEach(comparison::add);
            return comparison.errors();
        }
    }

    private static float[] negated(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
        return values;
    }
}
