package org.elasticvision.samples.spark.executor;

import org.elasticvision.samples.spark.executor.RunLengths.Run;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunLengthsTest {
    @Test
    void neighboursOfOneClassAreOneRun() {
        assertThat(RunLengths.of(new byte[] {0, 0, 3, (byte) 255, (byte) 255, (byte) 255, 0}))
                .containsExactly(new Run(0, 2), new Run(3, 1), new Run(255, 3), new Run(0, 1));
        assertThat(RunLengths.of(new byte[5])).containsExactly(new Run(0, 5));
        assertThat(RunLengths.of(new byte[0])).isEmpty();
    }
}
