package org.elasticvision.runtime.image.resample;

import org.elasticvision.runtime.image.pixels.Extent;
import org.elasticvision.runtime.model.Interpolation;

/** Pillow's two-pass resize of one channel: across to 8 bits, then down. */
final class PlaneResampler {
    private PlaneResampler() {}

    /** Resizes a plane; not for {@link Interpolation#NEAREST}. */
    static byte[] resample(byte[] source, int width, int height, Span across, Span down, Interpolation filter) {
        Taps columns = Taps.of(Extent.whole(width), across, filter);
        Taps rows = Taps.of(Extent.whole(height), down, filter);
        int top = rows.start[0];
        byte[] narrowed = new byte[Math.multiplyExact(across.count(), rows.end() - top)];
        for (int y = top, at = 0; y < rows.end(); y++) {
            for (int x = 0; x < across.count(); x++, at++) {
                narrowed[at] = pixel(source, y * width + columns.start[x], 1, columns, x);
            }
        }
        byte[] target = new byte[Math.multiplyExact(across.count(), down.count())];
        for (int y = 0, at = 0; y < down.count(); y++) {
            for (int x = 0; x < across.count(); x++, at++) {
                target[at] = pixel(narrowed, (rows.start[y] - top) * across.count() + x, across.count(), rows, y);
            }
        }
        return target;
    }

    private static byte pixel(byte[] levels, int from, int step, Taps taps, int output) {
        int sum = Taps.HALF;
        for (int i = 0, at = from; i < taps.count; i++, at += step) {
            sum += (levels[at] & 0xFF) * taps.weights[output * taps.count + i];
        }
        return (byte) Taps.pixel(sum);
    }
}
