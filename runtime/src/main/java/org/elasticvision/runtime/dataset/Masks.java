package org.elasticvision.runtime.dataset;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.PngFiles;

/** Looks through masks for what makes a whole data set useless, though each mask by itself is right. */
public final class Masks {
    private static final int BACKGROUND = 0;
    private static final int VOID = 255;

    /** After which no other class is looked for, once all of Pascal's are seen. */
    private static final int ENOUGH = 1000;

    private Masks() {}

    /**
     * {@return how many classes masks tell apart: one more than the largest index besides 255, which is void} Of a large data set in
     * which all of the {@code expected} classes and no other are in the first thousand masks, those are all. Masks that cannot be read
     * are left to whoever uses them.
     *
     * @param images of a data set
     * @param expected number of classes
     */
    public static int classes(List<SegmentedImage> images, int expected) {
        BitSet seen = new BitSet();
        for (int from = 0; from < images.size(); from += ENOUGH) {
            images.subList(from, Math.min(images.size(), from + ENOUGH)).parallelStream()
                    .map(image -> indices(image.mask()))
                    .forEach(indices -> {
                        synchronized (seen) {
                            seen.or(indices);
                        }
                    });
            if (seen.length() == expected && seen.cardinality() == expected) {
                break;
            }
        }
        return seen.length();
    }

    private static BitSet indices(Path mask) {
        BitSet seen = new BitSet();
        try {
            for (byte index : PngFiles.readIndices(mask).indices()) {
                seen.set(Byte.toUnsignedInt(index));
            }
        } catch (ElasticVisionException e) {
            return seen; // told when it is used
        }
        seen.clear(VOID);
        return seen;
    }

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
