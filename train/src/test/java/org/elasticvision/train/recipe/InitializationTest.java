package org.elasticvision.train.recipe;

import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class InitializationTest {
    private static Initialization of(Architecture architecture, Task task, long seed) {
        return new Initialization(architecture.network(task, 10), seed);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(float[] values) {
        double mean = mean(values);
        double sum = 0;
        for (float value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }

    /** Of 7×7 and 64 output channels, and of grouped 3×3 and 512. */
    @Test
    void convolutionsAreNormalByTheirOutputs() {
        Initialization weights = of(Architecture.of("resnext50_elastic"), Task.CLASSIFICATION, 1);
        float[] stem = weights.read("conv1.weight");
        assertThat(stem).hasSize(64 * 3 * 49);
        assertThat(deviation(stem)).isEqualTo(Math.sqrt(2.0 / (49 * 64)), within(4e-4));
        assertThat(mean(stem)).isEqualTo(0, within(1e-3));
        float[] grouped = weights.read("layer4.1.conv2.weight");
        assertThat(deviation(grouped)).isEqualTo(Math.sqrt(2.0 / (9 * 512)), within(4e-4));
    }

    @Test
    void batchNormStartsAsTheIdentity() {
        Initialization weights = of(Architecture.of("resnext_tiny"), Task.CLASSIFICATION, 1);
        assertThat(weights.read("bn1.weight")).containsOnly(1f);
        assertThat(weights.read("bn1.bias")).containsOnly(0f);
        assertThat(weights.read("bn1.running_mean")).containsOnly(0f);
        assertThat(weights.read("bn1.running_var")).containsOnly(1f);
        assertThat(weights.read("bn1.num_batches_tracked")).containsOnly(0f);
    }

    /** PyTorch's default for linear layers; the published DenseNet sets its bias to zero. */
    @Test
    void linearLayersAreUniformByTheirInputs() {
        Initialization resnext = of(Architecture.of("resnext50"), Task.CLASSIFICATION, 1);
        double bound = 1 / Math.sqrt(2048);
        for (String name : new String[] {"fc.weight", "fc.bias"}) {
            for (float value : resnext.read(name)) {
                assertThat((double) value).isBetween(-bound, bound);
            }
        }
        assertThat(deviation(resnext.read("fc.weight"))).isEqualTo(bound / Math.sqrt(3), within(2e-4));
        assertThat(of(Architecture.of("densenet201"), Task.CLASSIFICATION, 1).read("classifier.bias"))
                .containsOnly(0f);
    }

    /** Enlarging by two: 1/4, 3/4, 3/4, 1/4 in each direction. */
    @Test
    void upsamplingStartsBilinear() {
        float[] kernel =
                of(Architecture.of("dla60x_elastic"), Task.SEGMENTATION, 1).read("dla_up.ida_0.up_1.weight");
        float[] line = {0.25f, 0.75f, 0.75f, 0.25f};
        assertThat(kernel.length % 16).isZero();
        for (int i = 0; i < kernel.length; i++) {
            assertThat(kernel[i]).isEqualTo(line[i / 4 % 4] * line[i % 4]);
        }
    }

    @Test
    void theSameSeedGivesTheSameWeightsWhateverElseIsThere() {
        Initialization one = of(Architecture.of("resnext_tiny_elastic"), Task.CLASSIFICATION, 3);
        assertThat(of(Architecture.of("resnext_tiny_elastic"), Task.SEGMENTATION, 3)
                        .read("layer1.0.conv1.weight"))
                .isEqualTo(one.read("layer1.0.conv1.weight"));
        assertThat(of(Architecture.of("resnext_tiny_elastic"), Task.CLASSIFICATION, 4)
                        .read("layer1.0.conv1.weight"))
                .isNotEqualTo(one.read("layer1.0.conv1.weight"));
        assertThat(one.read("layer1.0.conv1.weight")).isNotEqualTo(one.read("layer1.0.conv1_d.weight"));
        assertThatThrownBy(() -> one.read("nothing")).hasMessageContaining("nothing");
    }
}
