package org.elasticvision.runtime.stream;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.elasticvision.runtime.Predictor;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** Frames whose one pixel is their number, and predictors that read it. */
final class Frames {
    private Frames() {}

    static ImageSource frame(int number) {
        return ImageSource.of(
                new RgbImage(1, 1, new byte[] {(byte) number, (byte) (number >> 8), 0}), "frame " + number);
    }

    static int number(ImageSource frame) {
        byte[] pixels = frame.decode(Orientation.IGNORE_EXIF).pixels();
        return (pixels[0] & 0xFF) | (pixels[1] & 0xFF) << 8;
    }

    /** So many frames, made when they are asked for. */
    static FrameSource source(int count, IntFunction<ImageSource> frame) {
        return FrameSource.of(IntStream.range(0, count).mapToObj(frame).iterator());
    }

    static FrameSource source(int count) {
        return source(count, Frames::frame);
    }

    /** Frames without end. */
    static FrameSource endless() {
        int[] next = {0};
        return () -> Optional.of(frame(next[0]++));
    }

    /** Answers with a frame's number. */
    static Predictor<Integer> numbers(int batch) {
        return Predictor.of(batch, frames -> frames.stream().map(Frames::number).toList());
    }

    /** Answers with a frame's number, one frame at a time, after doing something. */
    static Predictor<Integer> numbers(IntConsumer before) {
        return Predictor.of(1, frames -> {
            int number = number(frames.get(0));
            before.accept(number);
            return List.of(number);
        });
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
