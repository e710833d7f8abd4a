package org.elasticvision.train.torch;

import java.util.List;
import java.util.Map;
import org.elasticvision.train.torch.optimizer.Optimizer;
import org.elasticvision.train.torch.optimizer.OptimizerSettings;
import org.elasticvision.train.torch.optimizer.ParameterGroup;
import org.elasticvision.train.torch.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Steps that can be followed with a pencil. */
class SgdTest {
    private static final double EXACT = 1e-15;

    @Test
    void momentumGathersGradientsAndWeightDecay() {
        try (TensorStore store = Stores.of(Map.of("w", new float[] {2}));
                Optimizer sgd = Optimizer.of(
                        OptimizerSettings.sgd(List.of(new ParameterGroup(List.of("w"), 0.5, 0.25))),
                        store::get,
                        false)) {
            assertThat(sgd.state("w")).isEmpty();
            Stores.addGradient(store, "w", 1);
            sgd.step(new double[] {0.5}); // v = 1 + 0.25·2 = 1.5; w = 2 - 0.75
            assertThat(Stores.values(store, "w")[0]).isEqualTo(1.25, within(EXACT));
            Stores.addGradient(store, "w", 3);
            sgd.step(new double[] {1}); // v = 0.75 + 3 + 0.3125 = 4.0625
            assertThat(Stores.values(store, "w")[0]).isEqualTo(-2.8125, within(EXACT));
            assertThat(Tensors.toDoubles(sgd.state("w").get("momentum_buffer"))[0])
                    .isEqualTo(4.0625, within(EXACT));
        }
    }

    @Test
    void groupsHaveTheirOwnRates() {
        try (TensorStore store = Stores.of(Map.of("a", new float[] {1}, "b", new float[] {1}));
                Optimizer sgd = Optimizer.of(
                        OptimizerSettings.sgd(List.of(
                                new ParameterGroup(List.of("a"), 0, 0), new ParameterGroup(List.of("b"), 0, 0.5))),
                        store::get,
                        false)) {
            Stores.addGradient(store, "a", 1);
            Stores.addGradient(store, "b", 1);
            sgd.step(new double[] {0.25, 0.5});
            assertThat(Stores.values(store, "a")[0]).isEqualTo(0.75);
            assertThat(Stores.values(store, "b")[0]).isEqualTo(0.25);
            assertThatThrownBy(() -> sgd.step(new double[] {1})).hasMessageContaining("2 parameter groups");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gradientsAddUpUntilAStepClearsThem(boolean gradientsStay) {
        try (TensorStore store = Stores.of(Map.of("w", new float[] {0, 0}));
                Optimizer sgd = Optimizer.of(
                        OptimizerSettings.sgd(List.of(new ParameterGroup(List.of("w"), 0, 0))),
                        store::get,
                        gradientsStay)) {
            Stores.addGradient(store, "w", 1, 2);
            Stores.addGradient(store, "w", 1, 0);
            sgd.step(new double[] {1});
            assertThat(Stores.values(store, "w")).containsExactly(-2, -2);
            Stores.addGradient(store, "w", 5, 5);
            sgd.skip();
            assertThat(store.get("w").grad().defined()).isEqualTo(gradientsStay);
            Stores.addGradient(store, "w", 1, 1);
            sgd.step(new double[] {1});
            assertThat(Stores.values(store, "w")).containsExactly(-3, -3);
        }
    }

    @Test
    void whatHasNoGradientStays() {
        try (TensorStore store = Stores.of(Map.of("used", new float[] {1}, "unused", new float[] {1}));
                Optimizer sgd = Optimizer.of(
                        OptimizerSettings.sgd(List.of(new ParameterGroup(List.of("used", "unused"), 0.9, 0.5))),
                        store::get,
                        true)) {
            Stores.addGradient(store, "used", 1);
            sgd.step(new double[] {0.5});
            assertThat(Stores.values(store, "unused")[0]).isEqualTo(1);
            assertThat(sgd.state("unused")).isEmpty();
        }
    }
}
