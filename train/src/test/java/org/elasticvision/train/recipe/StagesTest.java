package org.elasticvision.train.recipe;

import java.util.List;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StagesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resnext50_elastic | CLASSIFICATION | conv1 bn1 layer1 | layer4",
                "resnet18          | SEGMENTATION   | conv1 bn1 layer1 | layer4",
                "dla60x_elastic    | CLASSIFICATION | base_layer level0 level1 | level5",
                "dla60x            | SEGMENTATION   | base_layer level0 level1 | level5",
                "densenet201       | MULTI_LABEL    | conv0 norm0 denseblock1 | norm_final",
            })
    void areCalledAsInTheStateDict(String architecture, Task task, String first, String later) {
        Network network = Architecture.of(architecture).network(task, 3);
        assertThat(Stages.first(network)).containsExactly(first.split(" "));
        assertThat(Stages.of(network))
                .startsWith(first.split(" "))
                .contains(later)
                .doesNotContain("fc", "classifier", "aspp", "dla_up");
    }

    @Test
    void everyArchitectureHasAFirstOne() {
        for (Architecture architecture : Architecture.all()) {
            assertThat(Stages.first(architecture.network(Task.CLASSIFICATION, 2)))
                    .hasSizeBetween(2, 3);
        }
    }

    @Test
    void anUnknownOneIsRefusedWithThoseThatThereAre() {
        Network network = Architecture.of("resnext_tiny").network(Task.CLASSIFICATION, 3);
        assertThatThrownBy(() -> Stages.require(network, List.of("bn1", "fc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frozen stage fc must be a stage of the network: conv1, bn1, layer1, layer2, layer3");
    }

    @Test
    void frozenParametersAreInNoGroup() {
        Architecture architecture = Architecture.of("resnext_tiny");
        Network network = architecture.network(Task.CLASSIFICATION, 3);
        Recipe recipe = Recipe.published(Task.CLASSIFICATION, architecture)
                .with(changes -> changes.frozenStages(List.of("bn1", "layer2")));
        List<String> names =
                ParameterGroups.of(network, Task.CLASSIFICATION, recipe).get(0).names();
        assertThat(names).contains("conv1.weight", "layer1.0.bn1.weight", "fc.weight");
        assertThat(names).noneMatch(name -> name.startsWith("layer2.") || name.startsWith("bn1."));
        assertThat(ParameterGroups.frozenBatchNorms(network, recipe))
                .contains("bn1", "layer2.0.bn1")
                .doesNotContain("layer1.0.bn1");
    }
}
