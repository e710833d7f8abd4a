package org.elasticvision.runtime;

import java.util.function.IntPredicate;
import org.elasticvision.runtime.check.Check;
import org.elasticvision.runtime.image.IndexImage;
import org.elasticvision.runtime.image.RgbImage;

/** A mask laid over its picture in the colours of PASCAL VOC, whether a network or a person made it. */
public final class MaskOverlay {
    private MaskOverlay() {}

    /**
     * Blends a picture with the colours of a mask.
     *
     * @param image the picture
     * @param mask of the picture's size
     * @param painted which indices are drawn; pixels of the others stay as they are
     * @param alpha how much of the colour, 0..1
     * @return the blend
     * @throws IllegalArgumentException if the sizes differ or alpha is out of range
     */
    public static RgbImage of(RgbImage image, IndexImage mask, IntPredicate painted, double alpha) {
        if (image.width() != mask.width() || image.height() != mask.height()) {
            throw new IllegalArgumentException("the image is " + image.width() + "x" + image.height() + ", the mask "
                    + mask.width() + "x" + mask.height());
        }
        Check.isPart("alpha", alpha);
        byte[] source = image.pixels();
        byte[] blended = source.clone();
        byte[] indices = mask.indices();
        for (int i = 0; i < indices.length; i++) {
            int index = indices[i] & 0xFF;
            if (painted.test(index)) {
                for (int channel = 0; channel < 3; channel++) {
                    int at = 3 * i + channel;
                    double level = (1 - alpha) * (source[at] & 0xFF) + alpha * PascalColors.level(index, channel);
                    blended[at] = (byte) Math.round(level);
                }
            }
        }
        return new RgbImage(image.width(), image.height(), blended);
    }
}
