package org.elasticvision.convert.precision;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.Batch;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxFile;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Half;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.ReleasedModel;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class HalfPrecisionTest {
    /** Of the largest logit; made-up weights, through up to 200 layers, each of which rounds to 11 bits. */
    private static final double TOLERANCE = 2e-2;

    private static final double LARGEST_SHARE = 0.51;

    @TempDir
    Path folder;

    static List<Figures> published() {
        return PublishedModels.all();
    }

    @ParameterizedTest
    @MethodSource("published")
    void everyNetworkRunsInHalfTheSizeAndAnswersAlmostTheSame(Figures figures) throws Exception {
        ReleasedModel model = figures.model();
        int size = figures.name().startsWith("deeplab") ? 65 : 224;
        OnnxExporter.Options options = new OnnxExporter.Options(size, size, Batch.DYNAMIC, Opset.DEFAULT, true);
        SyntheticWeights weights = new SyntheticWeights(figures);
        Path single = folder.resolve("fp32.onnx");
        OnnxFile.write(
                single,
                OnnxExporter.export(figures.name(), model.task(), model.network(), weights, options),
                Opset.DEFAULT,
                Map.of());
        Path half = folder.resolve("fp16.onnx");
        OnnxFile.write(
                half,
                HalfPrecision.of(OnnxExporter.export(figures.name(), model.task(), model.network(), weights, options)),
                Opset.DEFAULT,
                Map.of());
        assertThat((double) Files.size(half)).isLessThan(LARGEST_SHARE * Files.size(single));

        float[] expected = run(single);
        float[] actual = run(half);
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).hasSameSizeAs(expected).isNotEqualTo(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isEqualTo(expected[i], within(TOLERANCE * largest));
        }
    }

    private static float[] run(Path file) {
        try (Engine engine = Engine.open(file, EngineOptions.defaults())) {
            FloatBuffer in = DirectBuffers.floats(engine.inputShape().itemElements());
            for (int i = 0; i < in.capacity(); i++) {
                in.put(i, (float) Math.sin(i * 0.37) + (float) Math.cos(i * 0.011));
            }
            FloatBuffer out = DirectBuffers.floats(engine.outputShape().itemElements());
            engine.run(in, out, 1);
            float[] values = new float[out.capacity()];
            out.get(0, values);
            return values;
        }
    }

    @Test
    void whatFloat16IsTooCoarseForStaysFloat32() {
        Figures figures = PublishedModels.figures("deeplab_dla60x_elastic_pascal_v3_original_epoch50");
        Graph graph = HalfPrecision.of(OnnxExporter.export(
                figures.name(),
                figures.model().task(),
                figures.model().network(),
                new SyntheticWeights(figures),
                new OnnxExporter.Options(65, 65, Batch.DYNAMIC, Opset.DEFAULT, true)));
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
        assertThatThrownBy(() -> OnnxFile.write(file, HalfPrecision.of(graph), Opset.DEFAULT, Map.of()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("bias holds 65505.0, which float16 cannot (65504 at most); convert this network to fp32");
        assertThat(folder).isEmptyDirectory();
    }
}
