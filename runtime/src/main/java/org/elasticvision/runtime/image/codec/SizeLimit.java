package org.elasticvision.runtime.image.codec;

import org.elasticvision.runtime.base.ImageException;

/**
 * Refuses sizes that no picture has, before memory is taken for them.
 *
 * @param name of the image
 */
public record SizeLimit(String name, long maxPixels) {
    /** OpenCV refuses longer sides itself. */
    private static final int MAX_SIDE = 1 << 20;

    public SizeLimit {
        maxPixels = Math.min(maxPixels, (Integer.MAX_VALUE - 8) / 3); // what one Java array holds
    }

    public void check(long width, long height) {
        if (width < 1 || height < 1) {
            throw new ImageException(name + ": says it is " + width + "x" + height
                    + " pixels, so it is damaged; copy or download it again");
        }
        if (width > MAX_SIDE || height > MAX_SIDE || width * height > maxPixels) {
            throw new ImageException(name + ": says it is " + width + "x" + height + " pixels; at most " + maxPixels
                    + " pixels and " + MAX_SIDE + " a side are allowed, so make it smaller first");
        }
    }
}
