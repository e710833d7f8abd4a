package org.elasticvision.convert.quantize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.elasticvision.convert.compare.ModelComparison;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.precision.Pictures;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Scored by how many dB of the float32 model's answers are left, of which each layer in float brings some back. */
class AutoQuantizationTest {
    private static final double EXACT = 100;

    @TempDir
    Path folder;

    private final List<Integer> tried = new ArrayList<>();
    private Quantization quantization;
    private Calibration calibration;
    private List<ImageSource> pictures;
    private Path output;

    @BeforeEach
    void calibrate() throws IOException {
        pictures = Pictures.sources(folder, 3);
        quantization = Quantization.of(TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 5));
        calibration = quantization.calibrate(pictures, picture -> {});
        output = folder.resolve("out.onnx");
    }

    @Test
    void nothingStaysInFloatWhereNothingHasTo() {
        AutoQuantization.Result result = search().run(output, EXACT, pictures);
        assertThat(result.inFloat()).isEmpty();
        assertThat(result.reference()).isEqualTo(EXACT);
        assertThat(result.score()).isEqualTo(score(output));
        assertThat(tried).containsExactly(0);
    }

    @Test
    void theWorstLayersStayInFloatUntilItIsEnough() {
        double all = search().run(output, EXACT, pictures).score();
        tried.clear();
        double wanted = all + 3;
        AutoQuantization.Result result = search().run(output, EXACT - wanted, pictures);
        assertThat(result.score()).isGreaterThanOrEqualTo(wanted).isEqualTo(score(output));
        assertThat(result.inFloat())
                .isNotEmpty()
                .isSortedAccordingTo(Comparator.comparingDouble(LayerLoss::signalToNoise));
        assertThat(tried).startsWith(0, 1).contains(result.inFloat().size());
        assertThat(result.layers())
                .doesNotContainAnyElementsOf(
                        result.inFloat().stream().map(LayerLoss::layer).toList());
        Graph graph = OnnxModel.read(output).graph();
        for (LayerLoss loss : result.inFloat()) {
            graph.nodes().stream()
                    .filter(node ->
                            node.name().equals(loss.layer()) && node.inputs().size() > 1)
                    .forEach(node -> assertThat(graph.producer(node.inputs().get(1) + ".q"))
                            .isEmpty());
        }
    }

    @Test
    void whereTooMuchIsAskedNothingIsWrittenAndAnOlderFileStays() throws IOException {
        Files.writeString(output, "older");
        assertThatThrownBy(() -> search().run(output, 0, pictures))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("--max-drop");
        assertThat(output).hasContent("older");
    }

    private AutoQuantization search() {
        return new AutoQuantization(
                quantization,
                calibration,
                QuantizationOptions.of(Int8Target.CPU),
                this::score,
                new AutoQuantization.Listener() {
                    @Override
                    public void tried(int inFloat, double score) {
                        tried.add(inFloat);
                    }

                    @Override
                    public void measured(int done, int layers) {
                        assertThat(done).isBetween(1, layers);
                    }
                });
    }

    private double score(Path file) {
        try (Model<?> expected = Model.open(quantization.file());
                Model<?> actual = Model.open(file)) {
            ModelComparison comparison = new ModelComparison(expected, actual);
            pictures.forEach(comparison::add);
            return Math.min(EXACT, comparison.agreement().signalToNoise());
        }
    }
}
