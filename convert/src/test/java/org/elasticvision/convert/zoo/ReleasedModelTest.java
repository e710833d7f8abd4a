package org.elasticvision.convert.zoo;

import java.util.List;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.convert.zoo.ops.ShapeOps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReleasedModelTest {
    static List<Figures> published() {
        return PublishedModels.all();
    }

    @Test
    void theZooHoldsWhatWasPublishedAndNothingElse() {
        assertThat(ReleasedModel.all())
                .extracting(ReleasedModel::name)
                .containsExactlyInAnyOrderElementsOf(
                        published().stream().map(Figures::name).toList());
        assertThat(ReleasedModel.all().stream().filter(model -> model.file().isPresent()))
                .hasSize(24);
    }

    @ParameterizedTest
    @MethodSource("published")
    void saysWhatThePublishedFileIs(Figures figures) {
        ReleasedModel model = figures.model();
        assertThat(model.architecture().id()).isEqualTo(figures.arch());
        assertThat(model.task().id()).isEqualTo(figures.task());
        assertThat(model.classes()).isEqualTo(figures.classes());
        model.file().ifPresent(file -> assertThat(file).isEqualTo(figures.file()));
        model.address().ifPresent(address -> assertThat(address).endsWith("/" + figures.file()));
    }

    @ParameterizedTest
    @MethodSource("published")
    void hasTheTensorsOfThePublishedFileInItsOrder(Figures figures) {
        List<TensorSpec> tensors = figures.model().network().tensors();
        assertThat(tensors.stream()
                        .map(tensor ->
                                tensor.name() + tensor.shape() + tensor.role().isParameter()))
                .containsExactlyElementsOf(PublishedModels.keys(figures.name()).stream()
                        .map(key -> key.name() + key.shape() + key.role().equals("param"))
                        .toList())
                .hasSize(figures.tensors());
    }

    @ParameterizedTest
    @MethodSource("published")
    void hasThePublishedParametersFlopsAndOutput(Figures figures) {
        ReleasedModel model = figures.model();
        Network network = model.network();
        int size = ReleasedModel.publishedInputSize(model.task());
        ShapeOps ops = new ShapeOps();
        Shape output = network.forward(ops, new Shape(3, size, size));
        assertThat(figures.input()).containsExactly(1, 3, size, size);
        assertThat(network.parameterCount()).isEqualTo(figures.parameters());
        assertThat(output).isEqualTo(expectedOutput(figures));
        if (figures.flops() != null) {
            assertThat(ops.flops()).isEqualTo(figures.flops().longValue());
        }
    }

    private static Shape expectedOutput(Figures figures) {
        List<Integer> output = figures.output();
        return output.size() == 2
                ? new Shape(output.get(1), 1, 1)
                : new Shape(output.get(1), output.get(2), output.get(3));
    }
}
