package org.elasticvision.runtime.dataset;

import java.util.List;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.PngFiles;

/** Looks through masks for what makes a whole data set useless, though each mask by itself is right. */
public final class Masks {
    private static final int BACKGROUND = 0;
    private static final int VOID = 255;

    private Masks() {}

    /**
     * Checks that there is more than background to be seen: that some mask has a class other than 0. Masks of 0 and 255,
     * which many tools write for no and yes, have none, since 255 is void. Ordinary data passes with the first masks; those
     * that cannot be read are left to whoever uses them.
     *
     * @param images of a data set, at least one
     * @throws DatasetException if there is none
     */
    public static void requireObjects(List<SegmentedImage> images) {
        boolean anyVoid = false;
        boolean anyRead = false;
        for (SegmentedImage image : images) {
            byte[] indices;
            try {
                indices = PngFiles.readIndices(image.mask()).indices();
            } catch (ElasticVisionException e) {
                continue;
            }
            anyRead = true;
            for (byte index : indices) {
                int value = Byte.toUnsignedInt(index);
                if (value != BACKGROUND && value != VOID) {
                    return;
                }
                anyVoid |= value == VOID;
            }
        }
        if (anyRead) {
            throw new DatasetException(images.get(0).mask() + " and the other masks: no pixel of any class but 0"
                    + (anyVoid
                            ? "; 255 is void and counts nowhere, so where it stands for a class, write that class's index"
                                    + " (such as 1) instead"
                            : "; a mask holds for each pixel the index of its class"));
        }
    }
}
