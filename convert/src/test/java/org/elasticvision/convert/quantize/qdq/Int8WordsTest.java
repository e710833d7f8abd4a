package org.elasticvision.convert.quantize.qdq;

import java.nio.file.Path;
import org.elasticvision.convert.quantize.calibration.Calibrator;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The words of options for what int8 models are made of, and the bounds of ranges and scales. */
class Int8WordsTest {
    @ParameterizedTest
    @CsvSource({"full, FULL", "pair-safe, PAIR_SAFE", "seven-bits, SEVEN_BITS"})
    void formsOfWeightsAreFoundByTheirWords(String word, Int8Weights form) {
        assertThat(Int8Weights.of(word)).isEqualTo(form);
        assertThat(form.id()).isEqualTo(word);
    }

    @Test
    void anotherWordIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> Int8Weights.of("half"))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("'half' is not a form of weights; there are full, pair-safe, seven-bits");
    }

    @ParameterizedTest
    @CsvSource({"CPU, cpu", "TENSORRT, tensorrt"})
    void targetsHaveWords(Int8Target target, String word) {
        assertThat(target.id()).isEqualTo(word);
        assertThat(target).hasToString(word);
    }

    @ParameterizedTest
    @CsvSource({"MINMAX, minmax", "PERCENTILE, percentile", "ENTROPY, entropy"})
    void calibratorsHaveWords(Calibrator calibrator, String word) {
        assertThat(calibrator.id()).isEqualTo(word);
        assertThat(calibrator).hasToString(word);
    }

    @Test
    void anInt8ModelLiesBesideTheOther() {
        Path model = Path.of("models", "net.onnx");
        assertThat(Int8Target.CPU.beside(model)).isEqualTo(Path.of("models", "net.int8.onnx"));
        assertThat(Int8Target.TENSORRT.beside(model)).isEqualTo(Path.of("models", "net.int8-tensorrt.onnx"));
        assertThat(Int8Target.CPU.beside(Path.of("net"))).isEqualTo(Path.of("net.int8.onnx"));
    }

    @Test
    void aRangeWhoseWidthIsNoNumberIsRefused() {
        assertThat(new Range(-3e38f, 0).magnitude()).isEqualTo(3e38f);
        assertThat(new Range(0, 3e38f).magnitude()).isEqualTo(3e38f);
        assertThat(new Range(-5, 1).magnitude()).isEqualTo(5);
        assertThatThrownBy(() -> new Range(-3e38f, 3e38f)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "NaN", "Infinity"})
    void aScaleIsAPositiveNumber(float scale) {
        assertThatThrownBy(() -> new ActivationScale(scale, 0, true)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Smaller ones lose their precision, and processors may take them for 0. */
    @Test
    void aScaleIsNotSmallerThanTheSmallestNormalNumber() {
        Range cpu = new Range(0, 255 * Float.MIN_NORMAL);
        assertThat(ActivationScale.of(cpu, Int8Target.CPU).scale()).isEqualTo(Float.MIN_NORMAL);
        Range smaller = new Range(0, 254 * Float.MIN_NORMAL);
        assertThat(ActivationScale.of(smaller, Int8Target.CPU).scale()).isEqualTo(1f / 255);
        Range tensorRt = new Range(-127 * Float.MIN_NORMAL, 0);
        assertThat(ActivationScale.of(tensorRt, Int8Target.TENSORRT).scale()).isEqualTo(Float.MIN_NORMAL);
        Range less = new Range(-126 * Float.MIN_NORMAL, 0);
        assertThat(ActivationScale.of(less, Int8Target.TENSORRT).scale()).isEqualTo(1f / 255);
        float[] weights = {127 * Float.MIN_NORMAL, 126 * Float.MIN_NORMAL};
        QuantizedWeights quantized = QuantizedWeights.of(weights, 2, 1, Int8Weights.FULL, new float[2]);
        assertThat(quantized.scales()).containsExactly(Float.MIN_NORMAL, 1f / 127);
    }
}
