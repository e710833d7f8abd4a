package org.elasticvision.train.torch;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.elasticvision.train.torch.tensor.Tensors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** With the constants of PyTorch's GradScaler: 65536, halved by an overflow, doubled after 2000 good steps. */
class LossScalerTest {
    @Test
    void lossesAreMultipliedAndGradientsDivided() {
        LossScaler scaler = new LossScaler(true);
        try (TensorStore store = Stores.of(Map.of("w", new float[] {1}));
                Tensor loss = torch.scalar_tensor(new Scalar(2.0));
                Tensor scaled = scaler.scaled(loss)) {
            assertThat(scaled.item_double()).isEqualTo(131072);
            Stores.addGradient(store, "w", 65536 * 3.0);
            assertThat(scaler.unscale(store)).isTrue();
            assertThat(Tensors.toDoubles(store.get("w").grad())).containsExactly(3);
            assertThat(scaler.goodSteps()).isEqualTo(1);
        }
    }

    @Test
    void anOverflowLeavesTheStepOutAndHalvesTheScale() {
        LossScaler scaler = new LossScaler(true);
        scaler.restore(1024, 1999);
        try (TensorStore store = Stores.of(Map.of("a", new float[] {1}, "b", new float[] {1}))) {
            Stores.addGradient(store, "a", 1);
            Stores.overflow(store, "b");
            assertThat(scaler.unscale(store)).isFalse();
        }
        assertThat(scaler.scale()).isEqualTo(512);
        assertThat(scaler.goodSteps()).isZero();
    }

    @Test
    void theScaleDoublesAfter2000GoodSteps() {
        LossScaler scaler = new LossScaler(true);
        scaler.restore(1024, 1998);
        try (TensorStore store = Stores.of(Map.of("w", new float[] {1}))) {
            Stores.addGradient(store, "w", 1);
            assertThat(scaler.unscale(store)).isTrue();
            assertThat(scaler.scale()).isEqualTo(1024);
            assertThat(scaler.unscale(store)).isTrue();
            assertThat(scaler.scale()).isEqualTo(2048);
            assertThat(scaler.goodSteps()).isZero();
        }
    }

    @Test
    void otherPrecisionsAreLeftAlone() {
        LossScaler scaler = new LossScaler(false);
        try (TensorStore store = Stores.of(Map.of("w", new float[] {1}));
                Tensor loss = torch.scalar_tensor(new Scalar(2.0))) {
            assertThat(scaler.scaled(loss)).isSameAs(loss);
            Stores.overflow(store, "w");
            assertThat(scaler.unscale(store)).isTrue();
        }
    }
}
