package org.elasticvision.train.data;

import org.elasticvision.runtime.metrics.SegmentationMetrics;

/** What the images of a {@link Batch} are trained towards, after the task. The arrays are not copied: do not change them. */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public sealed interface Target {
    /** {@return how many images it is for} */
    int size();

    /** {@return whether there is anything to compare an answer with: else loss and measures have no meaning} */
    default boolean counts() {
        return true;
    }

    /**
     * Classification.
     *
     * @param labels the class of each image
     */
    record Classes(int[] labels) implements Target {
        @Override
        public int size() {
            return labels.length;
        }
    }

    /**
     * Multi-label classification.
     *
     * @param values 1 where an image has a class and 0 where not, [image][class]
     * @param classes per image
     */
    record LabelSets(float[] values, int classes) implements Target {
        @Override
        public int size() {
            return values.length / classes;
        }
    }

    /**
     * Segmentation.
     *
     * @param pixels the class of each pixel as an unsigned byte, {@link #VOID} where none counts, [image][row][column]
     * @param height of each mask
     * @param width of each mask
     */
    record Masks(byte[] pixels, int height, int width) implements Target {
        /** The label of pixels that take no part in loss and measures. */
        public static final int VOID = SegmentationMetrics.VOID;

        @Override
        public int size() {
            return pixels.length / (height * width);
        }

        /** Whether any pixel is not {@link #VOID}. */
        @Override
        public boolean counts() {
            for (byte pixel : pixels) {
                if (pixel != (byte) VOID) {
                    return true;
                }
            }
            return false;
        }
    }
}
