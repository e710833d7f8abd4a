package org.elasticvision.runtime.stream;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class FrameQueueTest {
    @Test
    void theNewestFramesReplaceTheOldest() {
        FrameQueue queue = new FrameQueue(FramePolicy.NEWEST_FRAME, 2);
        put(queue, 0, 5);
        assertThat(queue.dropped()).isEqualTo(3);
        assertThat(indices(queue.take(8))).containsExactly(3L, 4L);
    }

    @Test
    void aFullQueueHoldsItsSourceBackUntilThereIsRoom() throws Exception {
        FrameQueue queue = new FrameQueue(FramePolicy.EVERY_FRAME, 2);
        FutureTask<Void> source = new FutureTask<>(() -> put(queue, 0, 100), null);
        Thread thread = new Thread(source, "source");
        thread.start();
        thread.interrupt(); // which loses no frame
        for (long index = 0; index < 100; index++) {
            assertThat(indices(queue.take(1))).containsExactly(index);
        }
        source.get();
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void whatWaitsIsTakenAfterTheEndButNotWhenDiscarded() {
        FrameQueue ended = new FrameQueue(FramePolicy.EVERY_FRAME, 4);
        put(ended, 0, 3);
        ended.end();
        assertThat(indices(ended.take(2))).containsExactly(0L, 1L);
        assertThat(indices(ended.take(2))).containsExactly(2L);
        assertThat(ended.take(2)).isEmpty();

        FrameQueue discarded = new FrameQueue(FramePolicy.EVERY_FRAME, 4);
        put(discarded, 0, 3);
        discarded.discard();
        assertThat(discarded.take(2)).isEmpty();
        assertThat(discarded.put(frame(3))).isFalse();
    }

    @Test
    void aSourceThatIsHeldBackLearnsThatNobodyWantsItsFrame() throws Exception {
        FrameQueue queue = new FrameQueue(FramePolicy.EVERY_FRAME, 1);
        assertThat(queue.put(frame(0))).isTrue();
        FutureTask<Boolean> source = new FutureTask<>(() -> queue.put(frame(1)));
        new Thread(source, "source").start();
        queue.discard();
        assertThat(source.get()).isFalse();
    }

    private static void put(FrameQueue queue, int from, int to) {
        IntStream.range(from, to).forEach(index -> queue.put(frame(index)));
    }

    private static Frame frame(int index) {
        return new Frame(index, Frames.frame(index), 0);
    }

    private static List<Long> indices(List<Frame> frames) {
        return frames.stream().map(Frame::index).toList();
    }
}
