package org.elasticvision.runtime.image;

import java.nio.FloatBuffer;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;

/**
 * Turns an image into a network's input as torchvision 0.14 over Pillow 9.4 does, to the bit: resize, crop or pad, then
 * {@code (pixel / 255 - mean) / std} in float32, planar (CHW), RGB.
 *
 * <p>Immutable; any number of threads may share one.
 */
public final class Preprocessor {
    private static final int CHANNELS = 3;

    private final Preprocessing preprocessing;
    private final float[][] normalised = new float[CHANNELS][256];

    public Preprocessor(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        for (int c = 0; c < CHANNELS; c++) {
            for (int level = 0; level < 256; level++) {
                normalised[c][level] = (level / 255f - preprocessing.mean().get(c))
                        / preprocessing.std().get(c);
            }
        }
    }

    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** Number of floats of one input: {@code 3 * height * width}. */
    public int elementCount() {
        return Math.multiplyExact(CHANNELS * preprocessing.height(), preprocessing.width());
    }

    /**
     * Writes the image's input at {@code offset .. offset + elementCount()}, an absolute index: the buffer's position
     * neither matters nor moves, so several threads may fill parts of one batch.
     *
     * @param target best direct; it must reach to {@code offset + elementCount()}
     * @return where the image lies in the input
     * @throws IllegalArgumentException if the buffer is too short
     */
    public Placement write(RgbImage image, FloatBuffer target, int offset) {
        if (offset < 0 || target.limit() - elementCount() < offset) {
            throw new IllegalArgumentException("a buffer of " + target.limit() + " floats has no room for an input of "
                    + elementCount() + " at " + offset);
        }
        RgbImage fitted = fit(image);
        Placement placement = place(fitted);
        int width = preprocessing.width();
        int plane = preprocessing.height() * width;
        float[] row = new float[width];
        if (placement.width() < width || placement.height() < preprocessing.height()) {
            for (int at = offset; at < offset + elementCount(); at += width) {
                target.put(at, row);
            }
        }
        byte[] pixels = fitted.pixels();
        for (int y = 0; y < fitted.height(); y++) {
            int at = offset + (placement.y() + y) * width + placement.x();
            for (int c = 0; c < CHANNELS; c++) {
                float[] table = normalised[c];
                int from = y * fitted.width() * CHANNELS + c;
                for (int x = 0; x < fitted.width(); x++, from += CHANNELS) {
                    row[x] = table[pixels[from] & 0xFF];
                }
                target.put(at + c * plane, row, 0, fitted.width());
            }
        }
        return placement;
    }

    /**
     * The pixels that the network sees, before they are normalised: the whole input, or for
     * {@link Preprocessing.Fit#PAD} the (possibly shrunk) image without its border, which is no colour.
     */
    public RgbImage fit(RgbImage image) {
        int height = preprocessing.height();
        int width = preprocessing.width();
        Interpolation filter = preprocessing.interpolation();
        return switch (preprocessing.fit()) {
            case STRETCH -> Resampler.resize(image, width, height, filter);
            case RESIZE_AND_CROP -> {
                long shortSide = Math.min(image.width(), image.height());
                Span across = Span.centre(inProportion(image.width(), shortSide), width);
                Span down = Span.centre(inProportion(image.height(), shortSide), height);
                yield Resampler.resize(image, across, down, filter);
            }
            case PAD -> shrink(image, width, height, filter);
        };
    }

    /** The length of a side when the short side becomes {@code resize}; cut off, not rounded, as torchvision does. */
    private long inProportion(long side, long shortSide) {
        return side == shortSide ? preprocessing.resize() : preprocessing.resize() * side / shortSide;
    }

    private static RgbImage shrink(RgbImage image, int width, int height, Interpolation filter) {
        if (image.width() <= width && image.height() <= height) {
            return image;
        }
        boolean wide = (long) image.width() * height > (long) image.height() * width;
        int toWidth = wide ? width : (int) Math.max(1, (long) image.width() * height / image.height());
        int toHeight = wide ? (int) Math.max(1, (long) image.height() * width / image.width()) : height;
        return Resampler.resize(image, toWidth, toHeight, filter);
    }

    /** The published segmentation code pads by half the missing rows, rounded up, on both sides and cuts the surplus. */
    private Placement place(RgbImage fitted) {
        int x = (1 + preprocessing.width() - fitted.width()) / 2;
        int y = (1 + preprocessing.height() - fitted.height()) / 2;
        return new Placement(x, y, fitted.width(), fitted.height());
    }
}
