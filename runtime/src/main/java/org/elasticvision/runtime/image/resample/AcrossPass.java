package org.elasticvision.runtime.image.resample;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * The first pass of {@link RgbResampler}: rows of an image made narrower or wider.
 *
 * <p>For each tap the pixels of all outputs are brought side by side, each with one load of 32 bits; then weighing and adding
 * them up are loops that Java's compiler makes vector code of. Immutable.
 */
final class AcrossPass {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] pixels;
    private final int rowBytes;
    private final int columns;
    /** First byte of each output's first pixel in its row. */
    private final int[] offsets;
    /** By tap, then by output. */
    private final int[][] weights;

    private final byte[] lastRow;

    /**
     * @param column of the image in which the taps' first pixel lies
     * @param mirrored whether the last output comes first
     */
    AcrossPass(RgbImage image, Taps taps, int column, boolean mirrored) {
        pixels = image.pixels();
        rowBytes = 3 * image.width();
        columns = taps.start.length;
        offsets = Arrays.stream(taps.start).map(pixel -> 3 * (column + pixel)).toArray();
        weights = taps.weightsByTap();
        if (mirrored) {
            reverse(offsets);
            Arrays.stream(weights).forEach(AcrossPass::reverse);
        }
        // A load of 32 bits reads one byte behind a pixel, which the last one of the image does not have.
        lastRow = Arrays.copyOfRange(pixels, pixels.length - rowBytes, pixels.length + 1);
    }

    private static void reverse(int[] numbers) {
        for (int low = 0, high = numbers.length - 1; low < high; low++, high--) {
            int number = numbers[low];
            numbers[low] = numbers[high];
            numbers[high] = number;
        }
    }

    /**
     * The wanted part of input row {@code y} as levels 0..255.
     *
     * @param gathered room for as many numbers as columns are wanted
     * @param row receives all red, then all green, then all blue
     */
    void row(int y, int[] gathered, int[] row) {
        boolean last = (y + 1) * rowBytes == pixels.length;
        byte[] bytes = last ? lastRow : pixels;
        int line = last ? 0 : y * rowBytes;
        Arrays.fill(row, Taps.HALF);
        for (int tap = 0; tap < weights.length; tap++) {
            gather(bytes, line + 3 * tap, offsets, gathered);
            add(gathered, weights[tap], row, columns);
        }
        clip(row);
    }

    private static void gather(byte[] bytes, int line, int[] offsets, int[] gathered) {
        for (int x = 0; x < gathered.length; x++) {
            gathered[x] = (int) INTS.get(bytes, line + offsets[x]);
        }
    }

    private static void add(int[] gathered, int[] weights, int[] row, int columns) {
        for (int x = 0; x < columns; x++) {
            row[x] += (gathered[x] & 0xFF) * weights[x];
        }
        for (int x = 0; x < columns; x++) {
            row[columns + x] += (gathered[x] >>> 8 & 0xFF) * weights[x];
        }
        for (int x = 0; x < columns; x++) {
            row[2 * columns + x] += (gathered[x] >>> 16 & 0xFF) * weights[x];
        }
    }

    /** As {@link Taps#pixel}, without a comparison, of which Java makes no vector code. */
    private static void clip(int[] row) {
        for (int i = 0; i < row.length; i++) {
            int level = row[i] >> Taps.PRECISION_BITS;
            level &= ~(level >> 31);
            int room = 255 - level;
            row[i] = level + (room & room >> 31);
        }
    }
}
