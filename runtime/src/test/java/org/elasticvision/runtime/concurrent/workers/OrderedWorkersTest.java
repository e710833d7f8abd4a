package org.elasticvision.runtime.concurrent.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OrderedWorkersTest {
    private static final List<Integer> ITEMS = IntStream.range(0, 500).boxed().toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void resultsComeInOrderAndFewWait(int threads) {
        List<Integer> taken = new ArrayList<>();
        AtomicInteger begun = new AtomicInteger();
        OrderedWorkers.forEach(
                threads,
                ITEMS,
                item -> {
                    begun.incrementAndGet();
                    return item;
                },
                item -> {
                    taken.add(item);
                    assertThat(begun.get() - taken.size()).isLessThanOrEqualTo(2 * threads);
                });
        assertThat(taken).isEqualTo(ITEMS);
    }

    @Test
    void theFirstFailureIsThrownWhenNothingRunsAnyMore() {
        AtomicInteger running = new AtomicInteger();
        List<Integer> taken = new ArrayList<>();
        assertThatThrownBy(() -> OrderedWorkers.forEach(
                        4,
                        ITEMS,
                        item -> {
                            running.incrementAndGet();
                            try {
                                if (item == 100) {
                                    throw new UnsupportedOperationException("at 100");
                                }
                                return item;
                            } finally {
                                running.decrementAndGet();
                            }
                        },
                        taken::add))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("at 100");
        assertThat(running).hasValue(0);
        assertThat(taken).hasSize(100);
    }
}
