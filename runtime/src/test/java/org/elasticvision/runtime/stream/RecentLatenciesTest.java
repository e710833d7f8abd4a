package org.elasticvision.runtime.stream;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentLatenciesTest {
    @Test
    void percentilesAreNearestRanks() {
        RecentLatencies latencies = new RecentLatencies();
        assertThat(latencies.percentile(0.5)).isZero();
        LongStream.rangeClosed(1, 100).map(i -> 101 - i).forEach(latencies::add);
        assertThat(latencies.percentile(0)).isEqualTo(Duration.ofNanos(1));
        assertThat(latencies.percentile(0.5)).isEqualTo(Duration.ofNanos(50));
        assertThat(latencies.percentile(0.95)).isEqualTo(Duration.ofNanos(95));
        assertThat(latencies.percentile(1)).isEqualTo(Duration.ofNanos(100));
    }

    @Test
    void onlyTheLatestCountButTheLongestStays() {
        RecentLatencies latencies = new RecentLatencies();
        latencies.add(1_001);
        LongStream.range(0, 1024).forEach(i -> latencies.add(7));
        assertThat(latencies.percentile(1)).isEqualTo(Duration.ofNanos(7));
        assertThat(latencies.longest()).isEqualTo(Duration.ofNanos(1_001));
        assertThat(latencies.count()).isEqualTo(1025);
    }
}
