package org.elasticvision.convert.precision;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Half;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HalfPrecisionTest {
    @TempDir
    Path folder;

    @Test
    void whatFloat16IsTooCoarseForStaysFloat32() {
        Figures figures = PublishedModels.figures("deeplab_dla60x_elastic_pascal_v3_original_epoch50");
        Graph graph = Passes.FP16.run(OnnxExporter.export(
                figures.name(),
                figures.model().task(),
                figures.model().network(),
                new SyntheticWeights(figures),
                new OnnxExporter.Options(65, 65, BatchDimension.DYNAMIC, Opset.DEFAULT, true)));
        Node logSoftmax = graph.nodes(OpType.LOG_SOFTMAX).get(0);
        Node cast = graph.producer(logSoftmax.inputs().get(0)).orElseThrow();
        assertThat(cast.op()).isEqualTo(OpType.CAST);
        assertThat(cast.integer("to", 0)).isEqualTo(1);
        for (Node resize : graph.nodes(OpType.RESIZE)) {
            assertThat(graph.weights(resize.inputs().get(2)).half()).isFalse();
        }
        assertThat(graph.nodes(OpType.CONV)).isNotEmpty().allSatisfy(conv -> assertThat(
                        graph.weights(conv.inputs().get(1)).half())
                .isTrue());
    }

    @Test
    void aWeightThatDoesNotFitIsNamedAndNothingIsWritten() {
        Graph graph = new Graph("g", new Graph.Port("x", List.of("1", "1")), new Graph.Port("y", List.of("1", "1")));
        graph.put(new Initializer.Floats("bias", List.of(1L), () -> new float[] {Half.MAX + 1}));
        graph.add(Node.of(OpType.ADD, "add", List.of("x", "bias"), Map.of()).withOutput("y"));
        Path file = folder.resolve("model.onnx");
        assertThatThrownBy(() -> new OnnxModel(Passes.FP16.run(graph), Opset.DEFAULT, Map.of()).write(file))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("bias holds 65505.0, which float16 cannot (65504 at most); convert this network to fp32");
        assertThat(folder).isEmptyDirectory();
    }
}
