package org.elasticvision.convert;

import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.InputSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Input sizes, batches and operator sets as people type them. */
class OptionTextsTest {
    @ParameterizedTest
    @CsvSource({"224, 224, 224", "320x256, 320, 256", "1x8192, 1, 8192", "0224x007, 224, 7"})
    void sizes(String text, int height, int width) {
        assertThat(InputSize.parse(text))
                .isEqualTo(new InputSize(height, width))
                .hasToString(height + "x" + width);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "224x", "x224", "224x224x3", "-1", "1.5", " 224", "224 x 224", "224X224", "999999"})
    void textsThatAreNoSize(String text) {
        assertThatThrownBy(() -> InputSize.parse(text))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("input size '%s' must be HEIGHTxWIDTH, such as 320x256, or one number", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0x5", "5x0", "8193", "1x99999"})
    void sizesOutOfRange(String text) {
        assertThatThrownBy(() -> InputSize.parse(text))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("must be between 1x1 and 8192x8192");
    }

    @Test
    void batches() {
        assertThat(BatchDimension.parse("dynamic")).isEqualTo(BatchDimension.DYNAMIC);
        assertThat(BatchDimension.parse("dynamic").isDynamic()).isTrue();
        assertThat(BatchDimension.parse("1")).isEqualTo(new BatchDimension(1));
        assertThat(BatchDimension.parse("2147483647").size()).isEqualTo(Integer.MAX_VALUE);
        assertThat(BatchDimension.parse("7").isDynamic()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2147483648", "1.0", "", "Dynamic", "two"})
    void textsThatAreNoBatch(String text) {
        assertThatThrownBy(() -> BatchDimension.parse(text))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("batch '%s' must be 'dynamic' or a number of at least 1", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "18", "21"})
    void operatorSets(String text) {
        assertThat(Opset.parse(text).version()).isEqualTo(Integer.parseInt(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "22", "-18", "2147483648", "18.0", ""})
    void textsThatAreNoOperatorSet(String text) {
        assertThatThrownBy(() -> Opset.parse(text))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith("opset ")
                .hasMessageEndingWith("between 13 and 21");
    }
}
