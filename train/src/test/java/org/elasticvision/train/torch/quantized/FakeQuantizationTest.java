package org.elasticvision.train.torch.quantized;

import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.elasticvision.convert.quantize.qdq.ActivationScale;
import org.elasticvision.convert.quantize.qdq.Int8Weights;
import org.elasticvision.train.torch.device.TorchDevice;
import org.elasticvision.train.torch.tensor.TensorPlace;
import org.elasticvision.train.torch.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What is rounded to what, and which gradients come of it. */
class FakeQuantizationTest {
    private static final TensorPlace PLACE = new TensorPlace(TorchDevice.CPU, ScalarType.Float, false);

    private static Tensor tensor(List<Long> shape, float... values) {
        return Tensors.of(values, shape, PLACE);
    }

    @Test
    void activationsAreRoundedAsTheModelRounds() {
        ActivationScale kind = new ActivationScale(0.1f, 20, false);
        float[] values = {-3, -2, -0.26f, 0, 0.04f, 0.06f, 1.234f, 23.4f, 24};
        try (PointerScope scope = new PointerScope();
                Tensor x = tensor(List.of(9L), values);
                Tensor s = tensor(List.of(), 0.1f)) {
            float[] rounded = Tensors.toFloats(FakeQuantization.activation(x, s, kind));
            for (int i = 0; i < values.length; i++) {
                assertThat(rounded[i]).isCloseTo((float) kind.rounded(values[i]), within(1e-6f));
            }
        }
    }

    /** Straight through within the range, nothing outside; for the scale as in Esser et al. 2020, equation 3. */
    @Test
    void gradientsGoStraightThroughAndLearnTheScale() {
        ActivationScale kind = new ActivationScale(0.5f, 0, true);
        float[] values = {0.6f, -0.4f, 100, -100};
        try (PointerScope scope = new PointerScope();
                Tensor x = tensor(List.of(4L), values);
                Tensor s = tensor(List.of(), 0.5f)) {
            x.set_requires_grad(true);
            s.set_requires_grad(true);
            FakeQuantization.activation(x, s, kind).sum().backward();
            assertThat(Tensors.toFloats(x.grad())).containsExactly(1, 1, 0, 0);
            double expected = (1 - 1.2) + (-1 + 0.8) + 127 - 128;
            assertThat(s.grad().item_float()).isCloseTo((float) expected, within(1e-4f));
        }
    }

    @ParameterizedTest
    @EnumSource(Int8Weights.class)
    void weightsUseTheCodesOfTheirForm(Int8Weights form) {
        Random random = new Random(3);
        float[] values = new float[4 * 5 * 9];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        try (PointerScope scope = new PointerScope();
                Tensor weight = tensor(List.of(4L, 5L, 3L, 3L), values);
                Tensor none = tensor(List.of(), 0)) {
            weight.set_requires_grad(true);
            Tensor scale = FakeQuantization.scale(weight, none, form);
            Tensor rounded = FakeQuantization.weight(weight, scale, form);
            rounded.sum().backward();
            float[] gradients = Tensors.toFloats(weight.grad());
            float[] scales = Tensors.toFloats(scale);
            float[] codes = Tensors.toFloats(rounded);
            int largest = 0;
            int largestPair = 0;
            for (int i = 0; i < codes.length; i++) {
                int code = Math.round(codes[i] / scales[i / 45]);
                assertThat(codes[i]).isCloseTo(code * scales[i / 45], within(1e-5f));
                assertThat(codes[i]).as("one step at most").isCloseTo(values[i], within(1.01f * scales[i / 45]));
                largest = Math.max(largest, Math.abs(code));
                int input = i % 45 / 9;
                if (input % 2 == 0 && input < 4) {
                    largestPair = Math.max(largestPair, Math.abs(code + Math.round(codes[i + 9] / scales[i / 45])));
                }
                assertThat(gradients[i]).isEqualTo(1);
            }
            switch (form) {
                case FULL -> assertThat(largest).isEqualTo(127);
                case SEVEN_BITS -> assertThat(largest).isEqualTo(63);
                case PAIR_SAFE -> assertThat(largestPair).isLessThanOrEqualTo(128);
            }
        }
    }

    @Test
    void aBiasIsInTheIntegersThatItIsAddedTo() {
        try (PointerScope scope = new PointerScope();
                Tensor bias = tensor(List.of(2L), 0.123456f, -7);
                Tensor weightScale = tensor(List.of(2L), 0.01f, 0.5f);
                Tensor inputScale = tensor(List.of(), 0.1f)) {
            assertThat(Tensors.toFloats(FakeQuantization.bias(bias, weightScale, inputScale)))
                    .containsExactly(new float[] {0.123f, -7}, within(1e-6f));
        }
    }

    @Test
    void channelsOfNothingStayNothing() {
        try (PointerScope scope = new PointerScope();
                Tensor weight = tensor(List.of(2L, 4L, 1L, 1L), new float[8]);
                Tensor none = tensor(List.of(), 0)) {
            Tensor scale = FakeQuantization.scale(weight, none, Int8Weights.FULL);
            assertThat(Tensors.toFloats(FakeQuantization.weight(weight, scale, Int8Weights.FULL)))
                    .containsOnly(0);
        }
    }
}
