package org.elasticvision.train.recipe;

import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import org.elasticvision.train.torch.optimizer.ParameterGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ParameterGroupsTest {
    private static Recipe recipe(int accumulate, boolean freeze) {
        return Recipe.published(Task.SEGMENTATION, Architecture.of("resnext_tiny_elastic"))
                .with(changes -> changes.epochs(2)
                        .batchSize(8)
                        .accumulationSteps(accumulate)
                        .learningRate(0.4)
                        .headMultiplier(10)
                        .weightDecay(1e-3)
                        .schedule(new Schedule.Cosine())
                        .freezeBatchNorm(freeze));
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void everyTrainedParameterIsInOneGroup(Task task) {
        Network network = Architecture.of("resnext50_elastic").network(task, 5);
        List<String> grouped = ParameterGroups.of(network, task, recipe(1, false)).stream()
                .flatMap(group -> group.names().stream())
                .toList();
        assertThat(grouped)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(network.tensors().stream()
                        .filter(tensor -> tensor.role().isTrained())
                        .map(TensorSpec::name)
                        .toList());
    }

    @Test
    void aSegmentationHeadHasItsOwnLearningRate() {
        Stream.of(Architecture.of("resnext50_elastic"), Architecture.of("dla60x_elastic"))
                .forEach(architecture -> {
                    Network network = architecture.network(Task.SEGMENTATION, 21);
                    List<ParameterGroup> groups = ParameterGroups.of(network, Task.SEGMENTATION, recipe(1, false));
                    assertThat(groups).hasSize(2);
                    boolean dla = architecture == Architecture.of("dla60x_elastic");
                    assertThat(groups.get(0).names())
                            .isNotEmpty()
                            .allMatch(name -> dla ? name.startsWith("base.") : !name.startsWith("aspp."));
                    assertThat(groups.get(1).names())
                            .isNotEmpty()
                            .allMatch(name -> dla ? !name.startsWith("base.") : name.startsWith("aspp."));
                });
        assertThat(ParameterGroups.learningRates(Task.SEGMENTATION, recipe(1, false), 0.2))
                .containsExactly(0.2, 2.0);
    }

    @Test
    void aClassifiersHeadHasAGroupWhereItHasARateOfItsOwn() {
        Network network = Architecture.of("resnext_tiny").network(Task.CLASSIFICATION, 5);
        List<ParameterGroup> groups = ParameterGroups.of(network, Task.CLASSIFICATION, recipe(1, false));
        assertThat(groups).hasSize(2);
        assertThat(groups.get(1).names()).containsExactly("fc.weight", "fc.bias");
        assertThat(ParameterGroups.learningRates(Task.CLASSIFICATION, recipe(1, false), 0.2))
                .containsExactly(0.2, 2.0);
    }

    /** As the published scripts pretend to have so many GPUs. */
    @Test
    void partsDivideTheLearningRateAndMultiplyTheWeightDecay() {
        Network network = Architecture.of("resnext_tiny").network(Task.CLASSIFICATION, 5);
        Recipe recipe = recipe(4, false).with(changes -> changes.headMultiplier(1));
        ParameterGroup group =
                ParameterGroups.of(network, Task.CLASSIFICATION, recipe).get(0);
        assertThat(group.weightDecay()).isEqualTo(4e-3);
        assertThat(group.momentum()).isEqualTo(0.9);
        assertThat(ParameterGroups.learningRates(Task.CLASSIFICATION, recipe, 0.4))
                .containsExactly(0.1);
    }

    @Test
    void frozenBatchNormIsInNoGroup() {
        Network network = Architecture.of("densenet201_elastic").network(Task.CLASSIFICATION, 5);
        List<String> names = ParameterGroups.of(network, Task.CLASSIFICATION, recipe(1, true))
                .get(0)
                .names();
        List<String> norms = network.layers().stream()
                .filter(BatchNorm2d.class::isInstance)
                .flatMap(layer -> layer.tensors().stream().map(TensorSpec::name))
                .toList();
        assertThat(norms).isNotEmpty();
        assertThat(names).isNotEmpty().doesNotContainAnyElementsOf(norms);
    }

    @Test
    void onlySegmentationBackbonesSeeABatchTwice() {
        Network network = Architecture.of("resnext_tiny").network(Task.SEGMENTATION, 5);
        assertThat(ParameterGroups.updatedTwice(network))
                .contains("layer1.0.bn1", "layer3.1.bn3")
                .doesNotContain("bn1")
                .noneMatch(name -> name.startsWith("aspp"));
        assertThat(ParameterGroups.updatedTwice(Architecture.of("resnext_tiny").network(Task.CLASSIFICATION, 5)))
                .isEmpty();
    }

    /** Its gradients are means over the micro-batches, and its weight decay is decoupled from them. */
    @Test
    void adamWHasRateAndWeightDecayOfTheWholeBatch() {
        Network network = Architecture.of("resnext_tiny_elastic").network(Task.SEGMENTATION, 5);
        Recipe adamW = recipe(4, false).with(changes -> changes.optimizer(OptimizerKind.ADAMW));
        assertThat(ParameterGroups.of(network, Task.SEGMENTATION, adamW))
                .allSatisfy(group -> assertThat(group.weightDecay()).isEqualTo(1e-3))
                .allSatisfy(group -> assertThat(group.momentum()).isZero());
        assertThat(ParameterGroups.learningRates(Task.SEGMENTATION, adamW, 0.2)).containsExactly(0.2, 2.0);
    }
}
