package org.elasticvision.train.data.transform.randaugment;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** What becomes of each level of each channel, wherever a pixel lies. */
final class LevelTable {
    private static final int LEVELS = 256;

    /** Of red, then green, then blue. */
    private final byte[] levels = new byte[3 * LEVELS];

    /**
     * Fills one.
     *
     * @param changes of red, green and blue, each from 0..255 to 0..255
     */
    LevelTable(List<IntUnaryOperator> changes) {
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) changes.get(i / LEVELS).applyAsInt(i % LEVELS);
        }
    }

    /** {@return the same for all channels} */
    static LevelTable of(IntUnaryOperator change) {
        return new LevelTable(List.of(change, change, change));
    }

    /**
     * {@return Pillow's {@code ImageOps.posterize}}
     *
     * @param bits that are kept of the 8
     */
    static LevelTable posterize(int bits) {
        int kept = -1 << (8 - bits);
        return of(level -> level & kept);
    }

    /**
     * {@return Pillow's {@code ImageOps.solarize}}
     *
     * @param threshold from which on levels are inverted
     */
    static LevelTable solarize(double threshold) {
        return of(level -> level < threshold ? level : 255 - level);
    }

    RgbImage apply(RgbImage image) {
        byte[] from = image.pixels();
        byte[] to = new byte[from.length];
        for (int i = 0; i < from.length; i += 3) {
            to[i] = levels[from[i] & 0xFF];
            to[i + 1] = levels[LEVELS + (from[i + 1] & 0xFF)];
            to[i + 2] = levels[2 * LEVELS + (from[i + 2] & 0xFF)];
        }
        return new RgbImage(image.width(), image.height(), to);
    }
}
