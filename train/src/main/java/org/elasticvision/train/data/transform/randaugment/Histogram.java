package org.elasticvision.train.data.transform.randaugment;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** How often each level of 0 to 255 occurs in an image, by channel, and what Pillow's {@code ImageOps} make of that. */
final class Histogram {
    private static final int LEVELS = 256;
    private static final int WHITE = LEVELS - 1;

    private final int[] red = new int[LEVELS];
    private final int[] green = new int[LEVELS];
    private final int[] blue = new int[LEVELS];

    private Histogram() {}

    static Histogram of(RgbImage image) {
        Histogram histogram = new Histogram();
        byte[] pixels = image.pixels();
        for (int i = 0; i < pixels.length; i += 3) {
            histogram.red[pixels[i] & 0xFF]++;
            histogram.green[pixels[i + 1] & 0xFF]++;
            histogram.blue[pixels[i + 2] & 0xFF]++;
        }
        return histogram;
    }

    /** {@return {@code autocontrast}: of each channel the darkest level becomes 0, the lightest 255} */
    LevelTable stretching() {
        return table(Histogram::stretching);
    }

    /** {@return {@code equalize}: of each channel all levels become about as frequent} */
    LevelTable equalizing() {
        return table(Histogram::equalizing);
    }

    private LevelTable table(Function<int[], IntUnaryOperator> change) {
        return new LevelTable(List.of(change.apply(red), change.apply(green), change.apply(blue)));
    }

    private static IntUnaryOperator stretching(int[] counts) {
        int darkest = 0;
        while (counts[darkest] == 0) {
            darkest++;
        }
        int lightest = lightest(counts);
        if (lightest == darkest) {
            return IntUnaryOperator.identity();
        }
        double scale = 255.0 / (lightest - darkest);
        double offset = -darkest * scale;
        return level -> Math.max(0, Math.min(WHITE, (int) (level * scale + offset)));
    }

    private static IntUnaryOperator equalizing(int[] counts) {
        int lightest = lightest(counts);
        int step = (Arrays.stream(counts).sum() - counts[lightest]) / WHITE;
        if (step == 0) { // of one level too
            return IntUnaryOperator.identity();
        }
        int[] equalized = new int[LEVELS];
        int before = step / 2;
        for (int level = 0; level < LEVELS; level++) {
            equalized[level] = Math.min(WHITE, before / step);
            before += counts[level];
        }
        return level -> equalized[level];
    }

    private static int lightest(int[] counts) {
        int level = WHITE;
        while (counts[level] == 0) {
            level--;
        }
        return level;
    }
}
