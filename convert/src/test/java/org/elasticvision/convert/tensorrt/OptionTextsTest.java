package org.elasticvision.convert.tensorrt;

import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Batches and amounts of memory as people write them. */
class OptionTextsTest {
    @Test
    void batches() {
        assertThat(Batches.parse("8")).isEqualTo(BatchRange.of(8));
        assertThat(Batches.parse("1,8,32")).isEqualTo(new BatchRange(1, 8, 32));
        assertThat(Batches.text(Batches.parse("1, 8, 32"))).isEqualTo("1,8,32");
        assertThat(Batches.text(Batches.parse("8"))).isEqualTo("8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1,2", "1,2,3,4", "1,,3", "99999999999", "0", "8,4,2", "1,2,5000"})
    void noBatches(String text) {
        assertThatThrownBy(() -> Batches.parse(text))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("min,opt,max");
    }

    @ParameterizedTest
    @CsvSource({
        "4G, 4294967296, 4G",
        "512m, 536870912, 512M",
        "1T, 1099511627776, 1T",
        "1536MiB, 1610612736, 1.5G",
        "1KB, 1024, 1K"
    })
    void memory(String text, long bytes, String again) {
        MemorySize size = MemorySize.parse(text);
        assertThat(size.bytes()).isEqualTo(bytes);
        assertThat(size).hasToString(again);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "G", "0G", "-1G", "4X", "9999999G", "4.5G"})
    void noMemory(String text) {
        assertThatThrownBy(() -> MemorySize.parse(text))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("is not a memory size");
    }
}
