package org.elasticvision.convert.zoo;

import java.util.List;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.convert.zoo.ops.ShapeOps;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

/** The networks for small pictures: an Elastic one and its twin that sees one resolution. */
class SmallNetworksTest {
    private static final List<Architecture> PAIR =
            List.of(Architecture.of("resnext_tiny"), Architecture.of("resnext_tiny_elastic"));

    @ParameterizedTest
    @ValueSource(ints = {28, 32, 64, 65, 96, 128})
    void theTwinsCostTheSame(int size) {
        for (Task task : Task.values()) {
            assertThat(flops(Architecture.of("resnext_tiny_elastic"), task, size))
                    .as("%s at %d", task, size)
                    .isCloseTo(flops(Architecture.of("resnext_tiny"), task, size), withPercentage(3));
        }
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void theElasticTwinIsTheDeeperOne(Task task) {
        assertThat(Architecture.of("resnext_tiny_elastic")
                        .network(task, 10)
                        .layers()
                        .size())
                .isGreaterThan(Architecture.of("resnext_tiny")
                        .network(task, 10)
                        .layers()
                        .size());
    }

    @ParameterizedTest
    @ValueSource(ints = {28, 64, 65, 96, 128})
    void answerAtThePicturesOwnSize(int size) {
        for (Architecture architecture : PAIR) {
            assertThat(output(architecture, Task.CLASSIFICATION, size)).isEqualTo(new Shape(10, 1, 1));
            assertThat(output(architecture, Task.MULTI_LABEL, size)).isEqualTo(new Shape(10, 1, 1));
            assertThat(output(architecture, Task.SEGMENTATION, size)).isEqualTo(new Shape(10, size, size));
        }
    }

    private static Shape output(Architecture architecture, Task task, int size) {
        return architecture.network(task, 10).forward(new ShapeOps(), new Shape(3, size, size));
    }

    private static double flops(Architecture architecture, Task task, int size) {
        ShapeOps ops = new ShapeOps();
        architecture.network(task, 10).forward(ops, new Shape(3, size, size));
        return ops.flops();
    }
}
