package org.elasticvision.runtime.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.elasticvision.runtime.Predictor;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.image.ImageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class FrameStreamFailuresTest {
    private final List<Integer> answers = new CopyOnWriteArrayList<>();

    @Test
    void aFailingConsumerStopsTheStreamWithItsException() {
        IllegalArgumentException failure = new IllegalArgumentException("the consumer's");
        FrameStream stream =
                FrameStream.start(Frames.numbers(2), Frames.endless(), StreamOptions.everyFrame(), answer -> {
                    keep(answer);
                    if (answer.answer() == 3) {
                        throw failure;
                    }
                });
        assertThatThrownBy(stream::await).isSameAs(failure);
        assertThatThrownBy(stream::await).isSameAs(failure);
        stream.close(); // which has been told
        assertThat(answers).containsExactly(0, 1, 2, 3);
    }

    @Test
    void closingTellsAFailureThatNobodyWasTold() {
        OutOfMemoryError failure = new OutOfMemoryError("in a test");
        CountDownLatch fails = new CountDownLatch(1);
        FrameStream stream =
                FrameStream.start(Frames.numbers(1), Frames.source(1), StreamOptions.everyFrame(), answer -> {
                    fails.countDown();
                    throw failure;
                });
        Frames.await(fails);
        assertThatThrownBy(stream::close).isSameAs(failure);
        stream.close();
    }

    @Test
    void framesBeforeAFailureOfTheSourceAreAnswered() {
        ElasticVisionException unplugged = new ElasticVisionException("camera 0 gives no more pictures");
        int[] next = {0};
        FrameSource source = () -> {
            if (next[0] == 7) {
                throw unplugged;
            }
            return Optional.of(Frames.frame(next[0]++));
        };
        assertThatThrownBy(() -> FrameStream.run(Frames.numbers(2), source, StreamOptions.everyFrame(), this::keep))
                .isSameAs(unplugged);
        assertThat(answers).isEqualTo(IntStream.range(0, 7).boxed().toList());
    }

    @Test
    void aFailingNetworkStopsTheStreamAtItsFrame() {
        ModelException failure = new ModelException("the network's");
        Predictor<Integer> predictor = Frames.numbers(number -> {
            if (number == 6) {
                throw failure;
            }
        });
        assertThatThrownBy(() -> FrameStream.run(
                        predictor, Frames.endless(), StreamOptions.everyFrame().withLanes(3), this::keep))
                .isSameAs(failure);
        assertThat(answers).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void anErrorOfTheNetworkComesOut() {
        Predictor<Integer> predictor = Frames.numbers(number -> {
            throw new UnsatisfiedLinkError("in a test");
        });
        assertThatThrownBy(() -> FrameStream.run(predictor, Frames.endless(), StreamOptions.newestFrame(), this::keep))
                .isInstanceOf(UnsatisfiedLinkError.class);
    }

    @Test
    void brokenFramesGoToTheHandlerInTheirTurn() {
        List<String> told = new ArrayList<>();
        StreamStatistics statistics = FrameStream.run(
                Frames.numbers(4),
                Frames.source(20, FrameStreamFailuresTest::everyFifthBroken),
                StreamOptions.everyFrame(),
                FrameConsumer.of(
                        answer -> told.add("answer " + answer.answer()),
                        (frame, failure) -> told.add(frame.index() + " " + failure.getMessage())));
        assertThat(told).hasSize(20);
        for (int number = 0; number < 20; number++) {
            if (number % 5 == 2) {
                assertThat(told.get(number)).startsWith(number + " broken " + number + ": ");
            } else {
                assertThat(told.get(number)).isEqualTo("answer " + number);
            }
        }
        assertThat(statistics.failed()).isEqualTo(4);
        assertThat(statistics.answered()).isEqualTo(16);
    }

    @Test
    void withoutAHandlerABrokenFrameStopsTheStream() {
        FrameSource source = Frames.source(20, FrameStreamFailuresTest::everyFifthBroken);
        assertThatThrownBy(() -> FrameStream.run(Frames.numbers(1), source, StreamOptions.everyFrame(), this::keep))
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith("broken 2: ");
        assertThat(answers).containsExactly(0, 1);
    }

    @Test
    void aPredictorWithTooFewAnswersIsFoundOut() {
        Predictor<Integer> silent = Predictor.of(1, images -> List.of());
        assertThatThrownBy(() -> FrameStream.run(silent, Frames.source(1), StreamOptions.everyFrame(), this::keep))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("asked about 1 images, a predictor gave 0 answers");
    }

    @Test
    void whoRunsAStreamMayBeInterrupted() throws Exception {
        FutureTask<StreamStatistics> run = new FutureTask<>(
                () -> FrameStream.run(Frames.numbers(1), Frames.endless(), StreamOptions.everyFrame(), this::keep));
        Thread thread = new Thread(run, "caller");
        thread.start();
        thread.interrupt();
        assertThatThrownBy(run::get).rootCause().isInstanceOf(InterruptedException.class);
        thread.join();
        assertThat(answers).isEqualTo(IntStream.range(0, answers.size()).boxed().toList());
    }

    @Test
    void aStreamDoesNotWaitForItself() {
        List<FrameStream> stream = new CopyOnWriteArrayList<>();
        CountDownLatch known = new CountDownLatch(1);
        stream.add(FrameStream.start(Frames.numbers(1), Frames.source(1), StreamOptions.everyFrame(), answer -> {
            Frames.await(known);
            stream.get(0).await();
        }));
        known.countDown();
        assertThatThrownBy(stream.get(0)::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stop()");
    }

    @Test
    void optionsSayWhatIsAllowed() {
        assertThatThrownBy(() -> StreamOptions.everyFrame().withLanes(0))
                .hasMessage("lanes 0 must be between 1 and 1024");
        assertThatThrownBy(() -> StreamOptions.everyFrame().withWaiting(0))
                .hasMessage("waiting 0 must be between 1 and 1048576");
    }

    private static ImageSource everyFifthBroken(int number) {
        return number % 5 == 2
                ? ImageSource.of("no image".getBytes(StandardCharsets.UTF_8), "broken " + number)
                : Frames.frame(number);
    }

    private void keep(FrameAnswer<Integer> answer) {
        answers.add(answer.answer());
    }
}
