package org.elasticvision.train.data.loading;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RandomStreamsTest {
    @Test
    void theSamePlaceAlwaysGivesTheSameNumbers() {
        assertThat(new RandomStreams(5).example(3, 7).longs(10).toArray())
                .isEqualTo(new RandomStreams(5).example(3, 7).longs(10).toArray());
        assertThat(new RandomStreams(5).order(2, 100)).isEqualTo(new RandomStreams(5).order(2, 100));
    }

    /** A run must go on as it began on any machine and any Java. Computed in Python from the published algorithm. */
    @Test
    void theNumbersAreFixedForAllTime() {
        assertThat(new RandomStreams(42).order(3, 10)).containsExactly(5, 7, 8, 4, 2, 3, 0, 1, 9, 6);
        RandomGenerator random = new RandomStreams(42).example(3, 7);
        assertThat(random.nextInt(1_000_003)).isEqualTo(629_415);
        assertThat(random.nextDouble()).isEqualTo(0.4700332643153212);
    }

    /** Also no stream is a part of another one. */
    @Test
    void seedEpochAndIndexAllChangeTheNumbers() {
        Set<Long> numbers = new HashSet<>();
        int drawn = 0;
        for (long seed = -2; seed < 3; seed++) {
            for (int epoch = 0; epoch < 10; epoch++) {
                for (int index = 0; index < 50; index++) {
                    RandomGenerator random = new RandomStreams(seed).example(epoch, index);
                    RandomGenerator batch = new RandomStreams(seed).batch(epoch, index);
                    for (int i = 0; i < 4; i++) {
                        numbers.add(random.nextLong());
                        numbers.add(batch.nextLong());
                        drawn += 2;
                    }
                }
            }
        }
        assertThat(numbers).hasSize(drawn);
        assertThat(new RandomStreams(5).order(2, 100)).isNotEqualTo(new RandomStreams(5).order(3, 100));
        assertThat(new RandomStreams(5).order(2, 100)).isNotEqualTo(new RandomStreams(6).order(2, 100));
    }

    @Test
    void anOrderHasEveryIndexOnceAnywhere() {
        int[][] seen = new int[6][6];
        for (int epoch = 0; epoch < 6_000; epoch++) {
            int[] order = new RandomStreams(1).order(epoch, 6);
            assertThat(Arrays.stream(order).sorted()).containsExactly(0, 1, 2, 3, 4, 5);
            IntStream.range(0, 6).forEach(place -> seen[place][order[place]]++);
        }
        for (int[] place : seen) {
            assertThat(Arrays.stream(place)).allMatch(count -> count > 850 && count < 1_150);
        }
    }
}
