package org.elasticvision.runtime.image;

import java.util.Arrays;
import org.elasticvision.runtime.model.Interpolation;

/**
 * Pillow's two-pass resize: across to 8 bits, then down. Input rows are resized across when the second pass first needs
 * them, and only as many as it needs at once are kept, so a cropped resize costs what the crop costs.
 *
 * <p>Used by one thread for one image.
 */
final class KernelResampler {
    private final byte[] source;
    private final int width;
    private final int channels;
    private final Span across;
    private final Taps acrossTaps; // null: the width stays, as Pillow then skips the pass

    private KernelResampler(byte[] source, int width, int channels, Span across, Interpolation filter) {
        this.source = source;
        this.width = width;
        this.channels = channels;
        this.across = across;
        this.acrossTaps = across.size() == width ? null : new Taps(width, across, filter);
    }

    static byte[] resample(
            byte[] source, int width, int height, int channels, Span across, Span down, Interpolation filter) {
        KernelResampler rows = new KernelResampler(source, width, channels, across, filter);
        int rowLength = Math.multiplyExact(across.count(), channels);
        byte[] target = new byte[Math.multiplyExact(rowLength, down.count())];
        if (down.size() == height) {
            int[] row = new int[rowLength];
            for (int y = 0; y < down.count(); y++) {
                rows.across((int) down.from() + y, row);
                store(row, target, y * rowLength);
            }
        } else {
            rows.down(new Taps(height, down, filter), rowLength, target);
        }
        return target;
    }

    private void down(Taps taps, int rowLength, byte[] target) {
        int[][] ring = new int[taps.stride][];
        int[] sums = new int[rowLength];
        int next = taps.start[0];
        for (int y = 0; y < taps.start.length; y++) {
            int first = taps.start[y];
            int end = first + taps.length[y];
            for (next = Math.max(next, first); next < end; next++) {
                int slot = next % ring.length;
                if (ring[slot] == null) {
                    ring[slot] = new int[rowLength];
                }
                across(next, ring[slot]);
            }
            Arrays.fill(sums, Taps.HALF);
            for (int i = 0; i < taps.length[y]; i++) {
                add(sums, ring[(first + i) % ring.length], taps.weights[y * taps.stride + i]);
            }
            for (int i = 0; i < rowLength; i++) {
                sums[i] = Taps.pixel(sums[i]);
            }
            store(sums, target, y * rowLength);
        }
    }

    private static void add(int[] sums, int[] row, int weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += row[i] * weight;
        }
    }

    private static void store(int[] row, byte[] target, int at) {
        for (int i = 0; i < row.length; i++) {
            target[at + i] = (byte) row[i];
        }
    }

    /** The wanted part of input row {@code y} after the pass across, as levels 0..255. */
    private void across(int y, int[] row) {
        int line = y * width * channels;
        if (acrossTaps == null) {
            int from = line + (int) across.from() * channels;
            for (int i = 0; i < row.length; i++) {
                row[i] = source[from + i] & 0xFF;
            }
        } else if (channels == 3) {
            acrossRgb(acrossTaps, line, row);
        } else {
            acrossPlane(acrossTaps, line, row);
        }
    }

    private void acrossRgb(Taps taps, int line, int[] row) {
        byte[] pixels = source;
        int[] weights = taps.weights;
        for (int x = 0; x < taps.start.length; x++) {
            int from = line + taps.start[x] * 3;
            int weight = x * taps.stride;
            int red = Taps.HALF;
            int green = Taps.HALF;
            int blue = Taps.HALF;
            for (int end = weight + taps.length[x]; weight < end; weight++, from += 3) {
                int w = weights[weight];
                red += (pixels[from] & 0xFF) * w;
                green += (pixels[from + 1] & 0xFF) * w;
                blue += (pixels[from + 2] & 0xFF) * w;
            }
            row[3 * x] = Taps.pixel(red);
            row[3 * x + 1] = Taps.pixel(green);
            row[3 * x + 2] = Taps.pixel(blue);
        }
    }

    private void acrossPlane(Taps taps, int line, int[] row) {
        for (int x = 0; x < taps.start.length; x++) {
            int from = line + taps.start[x];
            int weight = x * taps.stride;
            int sum = Taps.HALF;
            for (int i = 0; i < taps.length[x]; i++) {
                sum += (source[from + i] & 0xFF) * taps.weights[weight + i];
            }
            row[x] = Taps.pixel(sum);
        }
    }
}
