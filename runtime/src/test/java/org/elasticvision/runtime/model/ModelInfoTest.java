package org.elasticvision.runtime.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.base.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Metadata that lie are refused. */
class ModelInfoTest {
    private static final ModelInfo INFO = TestModels.info(Task.CLASSIFICATION, TestModels.cropTo(4));

    private static ModelInfo with(String key, String value) {
        Map<String, String> entries = new LinkedHashMap<>(INFO.toMetadata());
        assertThat(entries.put("elastic." + key, value)).isNotNull();
        return ModelInfo.fromMetadata("a.onnx", entries);
    }

    @Test
    void areReadBack() {
        assertThat(with("precision", "fp32")).isEqualTo(INFO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "preprocessing.mean | NaN 0 0 | must be finite numbers",
                "preprocessing.mean | 0 0 -Infinity | must be finite numbers",
                "preprocessing.std | 1 Infinity 1 | must be finite numbers",
                "preprocessing.std | 1 1 1e-44 | must be at least 1.17549435E-38",
                "preprocessing.std | 1 0 1 | must have 3 values, std above 0",
                "architecture | 'a\nPrecision      int8' | 'elastic.architecture' cannot be read (it has control characters)",
                "tool.version | '1\u001b[2J' | 'elastic.tool.version' cannot be read (it has control characters)"
            })
    void orRefused(String key, String value, String message) {
        assertThatThrownBy(() -> with(key, value))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("a.onnx: ")
                .hasMessageContaining(message);
    }
}
