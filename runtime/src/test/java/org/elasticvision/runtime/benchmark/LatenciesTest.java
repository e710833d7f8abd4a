package org.elasticvision.runtime.benchmark;

import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.elasticvision.runtime.benchmark.page.HistogramChart;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatenciesTest {
    private static final Offset<Double> DIGITS = Offset.offset(0.11);

    @Test
    void countsPercentilesInMilliseconds() {
        Histogram histogram = new Histogram(3);
        for (int call = 1; call <= 100; call++) {
            histogram.recordValue(call * 1_000_000L);
        }
        Latencies latencies = Latencies.of(histogram);
        assertThat(latencies.calls()).isEqualTo(100);
        assertThat(latencies.p50()).isCloseTo(50, DIGITS);
        assertThat(latencies.p90()).isCloseTo(90, DIGITS);
        assertThat(latencies.p99()).isCloseTo(99, DIGITS);
        assertThat(latencies.max()).isCloseTo(100, DIGITS);
        assertThat(latencies.min()).isCloseTo(1, DIGITS);
        assertThat(latencies.mean()).isCloseTo(50.5, DIGITS);
    }

    @Test
    void barsHoldEveryCallWhereItBelongs() {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(1_000_000, 5);
        histogram.recordValueWithCount(2_000_000, 2);
        histogram.recordValueWithCount(61_000_000, 1);
        Latencies latencies = Latencies.of(histogram);
        assertThat(latencies.bars().stream().mapToLong(Latencies.Bar::calls).sum())
                .isEqualTo(8);
        assertThat(latencies.bars().get(0).calls()).isEqualTo(5);
        assertThat(latencies.bars().get(latencies.bars().size() - 1).calls()).isEqualTo(1);
        assertThat(latencies.bars().get(0).above()).isCloseTo(1, DIGITS);
        assertThat(latencies.bars().get(latencies.bars().size() - 1).upTo()).isGreaterThanOrEqualTo(latencies.max());
    }

    @Test
    void oneCallIsEnough() {
        Histogram histogram = new Histogram(3);
        histogram.recordValue(7_000_000);
        Latencies latencies = Latencies.of(histogram);
        assertThat(latencies.p50()).isEqualTo(latencies.max());
        assertThat(latencies.bars().stream().mapToLong(Latencies.Bar::calls).sum())
                .isEqualTo(1);
        assertThat(HistogramChart.svg(latencies)).contains("<rect").doesNotContain("NaN");
    }
}
