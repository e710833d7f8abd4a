package org.elasticvision.runtime.io;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTextTest {
    @Test
    void onlyWhatNeedsQuotesHasThem() {
        assertThat(CsvText.line(List.of("a b", 1.5, true, ""))).isEqualTo("a b,1.5,true,");
        assertThat(CsvText.line(List.of("a,b", "say \"hi\"", "two\nlines", "\r")))
                .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"\r\"");
    }
}
