package org.elasticvision.runtime.image.pixels;

/**
 * Decoded pixels and the size of the image that they show: the pixels are as many as the image has, or fewer where it was
 * decoded at a reduced scale.
 *
 * <p>Any number of threads may share one whose pixels nobody changes.
 */
public final class DecodedImage {
    private final RgbImage pixels;
    private final Extent across;
    private final Extent down;

    /**
     * Takes pixels and the size of the image that they show.
     *
     * @throws IllegalArgumentException if the pixels are of another size than the extents say
     */
    public DecodedImage(RgbImage pixels, Extent across, Extent down) {
        if (pixels.width() != across.pixels() || pixels.height() != down.pixels()) {
            throw new IllegalArgumentException(pixels + " does not have " + across + " by " + down);
        }
        this.pixels = pixels;
        this.across = across;
        this.down = down;
    }

    /**
     * {@return an image of which all pixels are there}
     *
     * @param pixels kept, not copied
     */
    public static DecodedImage of(RgbImage pixels) {
        return new DecodedImage(pixels, Extent.whole(pixels.width()), Extent.whole(pixels.height()));
    }

    /** {@return width of the image, whatever the number of pixels} */
    public int width() {
        return across.length();
    }

    /** {@return height of the image, whatever the number of pixels} */
    public int height() {
        return down.length();
    }

    /** {@return the pixels, of which each stands for {@link #reduction} by {@code reduction} pixels of the image} */
    public RgbImage pixels() {
        return pixels;
    }

    /** {@return 1 where all pixels are there, else 2, 4 or 8} */
    public int reduction() {
        return across.reduction();
    }

    public Extent across() {
        return across;
    }

    public Extent down() {
        return down;
    }

    @Override
    public String toString() {
        return "DecodedImage " + width() + "x" + height() + (reduction() == 1 ? "" : " at 1/" + reduction());
    }
}
