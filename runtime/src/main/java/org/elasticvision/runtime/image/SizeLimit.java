package org.elasticvision.runtime.image;

import org.elasticvision.runtime.ImageException;

/** Refuses sizes that no picture has, before memory is taken for them. */
final class SizeLimit {
    /** OpenCV refuses longer sides itself. */
    private static final int MAX_SIDE = 1 << 20;

    private SizeLimit() {}

    static void check(String name, long width, long height, long maxPixels) {
        if (width < 1 || height < 1) {
            throw new ImageException(name + ": says it is " + width + "x" + height
                    + " pixels, so it is damaged; copy or download it again");
        }
        if (width > MAX_SIDE || height > MAX_SIDE || width * height > maxPixels) {
            throw new ImageException(name + ": says it is " + width + "x" + height + " pixels, more than the "
                    + maxPixels + " pixels (" + MAX_SIDE + " a side) allowed; make it smaller first");
        }
    }
}
