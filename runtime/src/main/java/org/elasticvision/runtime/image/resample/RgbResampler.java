package org.elasticvision.runtime.image.resample;

import java.util.Arrays;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.pixels.Extent;
import org.elasticvision.runtime.image.pixels.ImagePart;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Interpolation;

/**
 * Pillow's two-pass resize of colour: across to 8 bits, then down. Input rows are resized across when the second pass first
 * needs them, and only as many as it needs at once are kept, so a cropped resize costs what the crop costs, and no image lies
 * between the given one and whoever takes the rows.
 *
 * <p>One is made for one image, of which several threads may make different rows.
 */
public final class RgbResampler {
    private static final int CHANNELS = 3;

    private final AcrossPass narrowed;
    private final Taps down;
    private final int columns;
    /** Row of the image in which the first pixel of {@code down} lies. */
    private final int top;

    /** Prepares a resize; not for {@link Interpolation#NEAREST}. */
    public RgbResampler(DecodedImage image, Span across, Span down, Interpolation filter) {
        this.narrowed = new AcrossPass(image.pixels(), Taps.of(image.across(), across, filter), 0, false);
        this.down = Taps.of(image.down(), down, filter);
        this.columns = across.count();
        this.top = 0;
    }

    /**
     * Prepares a resize of a part of an image, as if the part were cut out first, and mirrored afterwards: neither costs
     * anything so. Not for {@link Interpolation#NEAREST}.
     *
     * @param mirrored whether left becomes right
     */
    public RgbResampler(RgbImage image, ImagePart part, int width, int height, Interpolation filter, boolean mirrored) {
        part.requireInside(image.width(), image.height());
        Taps across = Taps.of(Extent.whole(part.width()), Span.whole(width), filter);
        this.narrowed = new AcrossPass(image, across, part.x(), mirrored);
        this.down = Taps.of(Extent.whole(part.height()), Span.whole(height), filter);
        this.columns = width;
        this.top = part.y();
    }

    /** Takes the rows of a resized image as they are made, from the top. */
    @FunctionalInterface
    public interface RowSink {
        /**
         * Takes a row of sums, of which {@link Taps#entry} makes levels.
         *
         * @param y counted from the first wanted row
         * @param sums all of red, then green, then blue; used again for the next row
         */
        void row(int y, int[] sums);
    }

    /** Makes the wanted rows from one on and before another. */
    public void rows(int from, int to, RowSink sink) {
        int[] gathered = new int[columns];
        int[] sums = new int[Math.multiplyExact(CHANNELS, columns)];
        int[][] ring = new int[down.count][sums.length];
        int next = 0;
        for (int y = from; y < to; y++) {
            int first = down.start[y];
            for (next = Math.max(next, first); next < first + ring.length; next++) {
                narrowed.row(top + next, gathered, ring[next % ring.length]);
            }
            Arrays.fill(sums, Taps.HALF);
            for (int i = 0; i < ring.length; i++) {
                add(sums, ring[(first + i) % ring.length], down.weights[y * down.count + i]);
            }
            sink.row(y, sums);
        }
    }

    /** Resizes an image into interleaved pixels. */
    static byte[] resample(RgbImage image, Span across, Span down, Interpolation filter) {
        int columns = across.count();
        byte[] target = new byte[Math.multiplyExact(Math.multiplyExact(CHANNELS, columns), down.count())];
        new RgbResampler(DecodedImage.of(image), across, down, filter).rows(0, down.count(), (y, sums) -> {
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
