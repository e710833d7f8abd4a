package org.elasticvision.runtime.base;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ElasticVisionExceptionTest {
    @Test
    void whatAFileHoldsStaysInOneLine() {
        assertThat(new ModelException("label 'a\nb\r\tc\u001b[2J\u2028\u202Ed' is long; größer 图 👩‍🔬"))
                .hasMessage("label 'a?b??c?[2J??d' is long; größer 图 👩‍🔬");
    }

    @Test
    void whatAFileHoldsIsCut() {
        assertThat(new DatasetException("x".repeat(1 << 20)).getMessage())
                .hasSize(2001)
                .endsWith("x…");
    }
}
