package org.elasticvision.runtime.benchmark;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessFiguresTest {
    @Test
    void readsTheStartAmongTheFieldsOfStat() {
        String stat = "42 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 123456 20 21";
        assertThat(ProcessAge.of(stat, "1236.06 99.00\n")).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void thisProcessIsNotOlderThanADayAndDoesNotGetYounger() {
        Duration first = ProcessAge.now();
        assertThat(first).isPositive().isLessThan(Duration.ofDays(1));
        assertThat(ProcessAge.now()).isGreaterThanOrEqualTo(first);
    }

    @Test
    void readsThePeakOfResidentMemory() {
        assertThat(ProcessMemory.peakBytes("VmPeak:\t  900 kB\nVmHWM:\t   1234 kB\nVmRSS:\t 1000 kB\n"))
                .hasValue(1234 * 1024);
        assertThat(ProcessMemory.peakBytes("Name:\tjava\n")).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void linuxTellsThePeak() {
        assertThat(ProcessMemory.peakBytes().orElseThrow()).isGreaterThan(10_000_000);
    }
}
