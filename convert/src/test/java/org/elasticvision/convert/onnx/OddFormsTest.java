package org.elasticvision.convert.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Input sizes, batches and operator sets other than the usual ones: optimized and literal graphs run and agree. */
class OddFormsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "resnext50_elastic, 320, 256, dynamic, 18",
        "resnext50_elastic, 97, 131, 2, 13",
        "resnext50_elastic, 33, 1, dynamic, 21",
        "se_resnext50_elastic, 65, 90, dynamic, 15",
        "dla60x_elastic, 224, 224, 2, 21",
        "densenet201_elastic, 224, 224, 2, 13",
        "deeplab_resnext50_elastic_pascal_v3_original_epoch50, 97, 130, 2, 17",
        "deeplab_resnext50_pascal_v3_original_epoch50, 64, 49, dynamic, 19",
        "deeplab_dla60x_elastic_pascal_v3_original_epoch50, 129, 67, dynamic, 13"
    })
    void optimizedAndLiteralAgree(String name, int height, int width, String batch, int opset) {
        Figures figures = PublishedModels.figures(name);
        check(
                figures.model().task(),
                figures.model().network(),
                new SyntheticWeights(figures),
                new Form(height, width, BatchDimension.parse(batch), new Opset(opset)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnext_tiny", "resnext_tiny_elastic"})
    void smallNetworksOnSmallPictures(Architecture architecture) {
        for (int size : new int[] {28, 64, 65, 96}) {
            for (Task task : Task.values()) {
                Network network = architecture.network(task, 7);
                check(
                        task,
                        network,
                        new SyntheticWeights(network),
                        new Form(size, size, BatchDimension.DYNAMIC, Opset.DEFAULT));
            }
        }
    }

    private record Form(int height, int width, BatchDimension batch, Opset opset) {}

    private void check(Task task, Network network, Weights weights, Form form) {
        int height = form.height();
        int width = form.width();
        float[] input = new float[2 * 3 * height * width];
        Random random = new Random(7);
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextGaussian();
        }
        float[] literal = run(task, network, weights, form, false, input);
        float[] optimized = run(task, network, weights, form, true, input);
        float largest = 0;
        for (float value : literal) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isPositive();
        assertThat(optimized).hasSameSizeAs(literal);
        for (int i = 0; i < literal.length; i++) {
            assertThat(optimized[i]).as("value %d", i).isEqualTo(literal[i], within(2e-5f * largest));
        }
    }

    private float[] run(Task task, Network network, Weights weights, Form form, boolean optimize, float[] input) {
        Path file = folder.resolve("model.onnx");
        OnnxWriter.write(
                file,
                OnnxExporter.export(
                        "network",
                        task,
                        network,
                        weights,
                        new OnnxExporter.Options(form.height(), form.width(), form.batch(), form.opset(), optimize)),
                form.opset(),
                Map.of("key", "value"));
        try (Engine engine = Engine.open(file, EngineOptions.defaults().withProvider(Provider.CPU))) {
            assertThat(engine.metadata()).containsEntry("key", "value");
            assertThat(engine.inputShape().dimensions())
                    .isEqualTo(List.of(form.batch().isDynamic() ? -1 : 2, 3, form.height(), form.width()));
            return GoldenForwardTest.run(engine, input, 2);
        }
    }
}
