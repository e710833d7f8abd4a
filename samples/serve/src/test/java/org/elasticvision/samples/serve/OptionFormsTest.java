package org.elasticvision.samples.serve;

import org.elasticvision.samples.serve.http.ByteSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OptionFormsTest {
    @ParameterizedTest
    @CsvSource({"500000, 500000", "900K, 921600", "16M, 16777216", "16mb, 16777216", "1G, 1073741824"})
    void readsSizes(String text, long bytes) {
        assertThat(new ByteSize().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"500000, 500000 bytes", "921600, 900 KB", "16777216, 16 MB", "1073741824, 1 GB"})
    void writesSizes(long bytes, String text) {
        assertThat(ByteSize.text(bytes)).isEqualTo(text);
    }
}
