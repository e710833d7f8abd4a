package org.elasticvision.runtime.image;

import java.util.Arrays;
import org.elasticvision.runtime.model.Interpolation;

/**
 * Pillow's two-pass resize of colour: across to 8 bits, then down. Input rows are resized across when the second pass first
 * needs them, and only as many as it needs at once are kept, so a cropped resize costs what the crop costs, and no image lies
 * between the given one and whoever takes the rows.
 *
 * <p>Used by one thread for one image.
 */
final class RgbResampler {
    private static final int CHANNELS = 3;

    private RgbResampler() {}

    /** Takes the rows of a resized image as they are made, from the top. */
    @FunctionalInterface
    interface RowSink {
        /**
         * Takes a row of sums, of which {@link Taps#entry} makes levels.
         *
         * @param y counted from the first wanted row
         * @param sums all of red, then green, then blue; used again for the next row
         */
        void row(int y, int[] sums);
    }

    /** Resizes an image; not for {@link Interpolation#NEAREST}. */
    static void resample(DecodedImage image, Span across, Span down, Interpolation filter, RowSink sink) {
        AcrossPass narrowed = new AcrossPass(image.pixels(), Taps.of(image.across(), across, filter));
        Taps taps = Taps.of(image.down(), down, filter);
        int[] sums = new int[Math.multiplyExact(CHANNELS, across.count())];
        int[][] ring = new int[taps.count][sums.length];
        int next = taps.start[0];
        for (int y = 0; y < taps.start.length; y++) {
            int first = taps.start[y];
            for (next = Math.max(next, first); next < first + ring.length; next++) {
                narrowed.row(next, ring[next % ring.length]);
            }
            Arrays.fill(sums, Taps.HALF);
            for (int i = 0; i < ring.length; i++) {
                add(sums, ring[(first + i) % ring.length], taps.weights[y * taps.count + i]);
            }
            sink.row(y, sums);
        }
    }

    /** Resizes an image into interleaved pixels. */
    static byte[] resample(RgbImage image, Span across, Span down, Interpolation filter) {
        int columns = across.count();
        byte[] target = new byte[Math.multiplyExact(Math.multiplyExact(CHANNELS, columns), down.count())];
        resample(DecodedImage.of(image), across, down, filter, (y, sums) -> {
            for (int c = 0; c < CHANNELS; c++) {
                int at = CHANNELS * y * columns + c;
                for (int x = c * columns; x < (c + 1) * columns; x++, at += CHANNELS) {
                    target[at] = (byte) Taps.pixel(sums[x]);
                }
            }
        });
        return target;
    }

    private static void add(int[] sums, int[] row, int weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += row[i] * weight;
        }
    }
}
