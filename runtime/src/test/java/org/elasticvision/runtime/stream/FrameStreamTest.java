package org.elasticvision.runtime.stream;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.elasticvision.runtime.Predictor;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class FrameStreamTest {
    private final List<Integer> answers = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4", "3, 1", "3, 5"})
    void everyFrameIsAnsweredInOrder(int lanes, int batch) {
        StreamStatistics statistics = FrameStream.run(
                Frames.numbers(batch),
                Frames.source(501),
                StreamOptions.everyFrame().withLanes(lanes),
                this::keep);
        assertThat(answers).isEqualTo(upTo(501));
        assertThat(statistics.frames()).isEqualTo(501);
        assertThat(statistics.answered()).isEqualTo(501);
        assertThat(statistics.dropped()).isZero();
        assertThat(statistics.failed()).isZero();
        assertThat(statistics.medianLatency()).isPositive().isLessThanOrEqualTo(statistics.latency95());
        assertThat(statistics.latency95()).isLessThanOrEqualTo(statistics.longestLatency());
    }

    @Test
    void aSlowFrameKeepsItsPlace() {
        CountDownLatch third = new CountDownLatch(1);
        Predictor<Integer> firstWaitsForThird = Frames.numbers(number -> {
            if (number == 0) {
                Frames.await(third);
            } else if (number == 2) {
                third.countDown();
            }
        });
        FrameStream.run(
                firstWaitsForThird,
                Frames.source(10),
                StreamOptions.everyFrame().withLanes(2),
                this::keep);
        assertThat(answers).isEqualTo(upTo(10));
    }

    @Test
    void theNextFrameIsDecodedWhileThisOneIsInTheNetwork() {
        CountDownLatch secondIsDecoded = new CountDownLatch(1);
        FrameSource source = Frames.source(
                2,
                number -> number == 0
                        ? Frames.frame(0)
                        : ImageSource.of(
                                () -> {
                                    secondIsDecoded.countDown();
                                    return new RgbImage(1, 1, new byte[] {1, 0, 0});
                                },
                                "second"));
        FrameStream.run(
                Frames.numbers(number -> Frames.await(secondIsDecoded)),
                source,
                StreamOptions.everyFrame(),
                this::keep);
        assertThat(answers).containsExactly(0, 1);
    }

    @Test
    void theConsumerRunsWhileTheNextFrameIsInTheNetwork() {
        CountDownLatch secondIsInTheNetwork = new CountDownLatch(1);
        Predictor<Integer> predictor = Frames.numbers(number -> {
            if (number == 1) {
                secondIsInTheNetwork.countDown();
            }
        });
        FrameStream.run(predictor, Frames.source(2), StreamOptions.everyFrame().withLanes(1), answer -> {
            Frames.await(secondIsInTheNetwork);
            keep(answer);
        });
        assertThat(answers).containsExactly(0, 1);
    }

    @Test
    void theSourceIsHeldBackSoThatMemoryIsBounded() {
        AtomicInteger given = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        FrameSource source = Frames.source(300, number -> {
            given.incrementAndGet();
            return Frames.frame(number);
        });
        FrameStream.run(Frames.numbers(2), source, new StreamOptions(FramePolicy.EVERY_FRAME, 2, 3), answer -> {
            most.accumulateAndGet(given.get() - answers.size(), Math::max);
            keep(answer);
        });
        // 3 wait, 3 batches of 2 are in flight, 1 is about to be put
        assertThat(most.get()).isBetween(1, 3 + 3 * 2 + 1);
        assertThat(answers).isEqualTo(upTo(300));
    }

    @Test
    void staleFramesAreDroppedForTheNewest() {
        CountDownLatch firstIsInTheNetwork = new CountDownLatch(1);
        CountDownLatch allHaveCome = new CountDownLatch(1);
        int[] next = {0};
        FrameSource camera = () -> {
            int number = next[0]++;
            if (number == 1) {
                Frames.await(firstIsInTheNetwork);
            } else if (number == 10) {
                allHaveCome.countDown();
            }
            return number == 10 ? Optional.empty() : Optional.of(Frames.frame(number));
        };
        Predictor<Integer> slow = Frames.numbers(number -> {
            firstIsInTheNetwork.countDown();
            Frames.await(allHaveCome);
        });
        StreamStatistics statistics =
                FrameStream.run(slow, camera, StreamOptions.newestFrame().withLanes(1), this::keep);
        assertThat(answers).containsExactly(0, 9);
        assertThat(statistics.frames()).isEqualTo(10);
        assertThat(statistics.dropped()).isEqualTo(8);
        assertThat(statistics.answered()).isEqualTo(2);
    }

    @Test
    void framesKeepTheirNumbersWhereOthersAreDropped() {
        List<Long> indices = new CopyOnWriteArrayList<>();
        FrameStream.run(Frames.numbers(1), Frames.source(1000), StreamOptions.newestFrame(), answer -> {
            keep(answer);
            indices.add(answer.frame().index());
        });
        assertThat(indices).isEqualTo(answers.stream().map(Integer::longValue).toList());
        assertThat(indices).isSorted().doesNotHaveDuplicates().endsWith(999L);
    }

    @Test
    void closingAnswersEveryFrameThatWasTaken() {
        CountDownLatch some = new CountDownLatch(5);
        FrameStream stream =
                FrameStream.start(Frames.numbers(2), Frames.endless(), StreamOptions.everyFrame(), answer -> {
                    keep(answer);
                    some.countDown();
                });
        Frames.await(some);
        stream.close();
        assertThat(stream.statistics().frames()).isGreaterThanOrEqualTo(5);
        assertThat(answers).isEqualTo(upTo((int) stream.statistics().frames()));
        assertThat(stream.statistics().answered()).isEqualTo(answers.size());
        stream.await();
        stream.close();
    }

    @Test
    void closingWakesASourceThatWaits() {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        FrameSource source = () -> {
            waits.countDown();
            Frames.await(never); // throws when interrupted
            return Optional.empty();
        };
        try (FrameStream stream =
                FrameStream.start(Frames.numbers(1), source, StreamOptions.everyFrame(), this::keep)) {
            Frames.await(waits);
            stream.close();
            stream.await();
        }
        assertThat(answers).isEmpty();
    }

    @Test
    void theConsumerMayStopOrCloseItsStream() {
        AtomicReference<FrameStream> stream = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        stream.set(FrameStream.start(Frames.numbers(1), Frames.endless(), StreamOptions.everyFrame(), answer -> {
            Frames.await(known);
            keep(answer);
            if (answers.size() == 3) {
                stream.get().close();
            }
        }));
        known.countDown();
        stream.get().await();
        assertThat(answers).isEqualTo(upTo((int) stream.get().statistics().frames()));
        assertThat(answers).hasSizeGreaterThanOrEqualTo(3);
        stream.get().close();
    }

    private void keep(FrameAnswer<Integer> answer) {
        answers.add(answer.answer());
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }
}
