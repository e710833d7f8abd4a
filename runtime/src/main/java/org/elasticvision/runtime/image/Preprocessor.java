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
        RgbImage fitted = fit(image);
        Placement placement = place(fitted);
        normalise(fitted, placement.x(), placement.y(), target, offset);
        return placement;
    }

    /**
     * Writes an input of pixels that are of the right size already, as augmentation makes them: no resize, no crop.
     *
     * @param pixels inside the input, zeros (so the mean colour) all around
     * @param x column of the input where the pixels begin
     * @param y row of the input where the pixels begin
     * @param target as for {@link #write(RgbImage, FloatBuffer, int)}
     * @throws IllegalArgumentException if the buffer is too short or the pixels are not inside the input
     */
    public void normalise(RgbImage pixels, int x, int y, FloatBuffer target, int offset) {
        int width = preprocessing.width();
        int height = preprocessing.height();
        if (offset < 0 || target.limit() - elementCount() < offset) {
            throw new IllegalArgumentException("a buffer of " + target.limit() + " floats has no room for an input of "
                    + elementCount() + " at " + offset);
        }
        if (x < 0 || y < 0 || pixels.width() > width - x || pixels.height() > height - y) {
            throw new IllegalArgumentException(
                    pixels + " at column " + x + ", row " + y + " is not inside an input of " + height + "x" + width);
        }
        float[] row = new float[width];
        if (pixels.width() < width || pixels.height() < height) {
            for (int at = offset; at < offset + elementCount(); at += width) {
                target.put(at, row);
            }
        }
        int plane = height * width;
        byte[] levels = pixels.pixels();
        for (int line = 0; line < pixels.height(); line++) {
            int at = offset + (y + line) * width + x;
            for (int c = 0; c < CHANNELS; c++) {
                float[] table = normalised[c];
                int from = line * pixels.width() * CHANNELS + c;
                for (int column = 0; column < pixels.width(); column++, from += CHANNELS) {
                    row[column] = table[levels[from] & 0xFF];
                }
                target.put(at + c * plane, row, 0, pixels.width());
            }
        }
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
