package org.elasticvision.runtime.image.resample;

/**
 * One side of a resize: the length after it, and the part of that which is wanted.
 *
 * @param size length after the resize, in pixels
 * @param from first wanted pixel
 * @param count how many pixels are wanted
 */
public record Span(long size, long from, int count) {
    public Span {
        if (count < 1 || from < 0 || from > size - count) {
            throw new IllegalArgumentException(
                    "pixels " + from + " to " + (from + count) + " are not a part of " + size + " pixels");
        }
    }

    /**
     * All pixels.
     *
     * @param size how many there are
     * @return the span
     */
    public static Span whole(int size) {
        return new Span(size, 0, size);
    }

    /** The middle {@code count} pixels, the offset rounded half to even as torchvision's CenterCrop does. */
    static Span centre(long size, int count) {
        return new Span(size, (long) Math.rint((size - count) / 2.0), count);
    }
}
