package org.elasticvision.train.data;

import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.answer.Framing;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.metrics.SegmentationMetrics;

/** What the images of a {@link Batch} are trained towards, after the task. The arrays are not copied: do not change them. */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public sealed interface Target {
    /** {@return how many images it is for} */
    int size();

    /** {@return whether there is anything to compare an answer with: else loss and measures have no meaning} */
    default boolean counts() {
        return size() > 0;
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
     * Classification of images that are mixed of several.
     *
     * @param values the probability of each class, which add up to 1, [image][class]
     * @param classes per image
     */
    record ClassProbabilities(float[] values, int classes) implements Target {
        @Override
        public int size() {
            return values.length / classes;
        }
    }

    /**
     * Multi-label classification.
     *
     * @param values 1 where an image has a class and 0 where not, in between where images are mixed, [image][class]
     * @param classes per image
     */
    record LabelSets(float[] values, int classes) implements Target {
        @Override
        public int size() {
            return values.length / classes;
        }

        /**
         * {@return what the metrics compare an answer with; sizes of objects are not known here}
         *
         * @param image counted from 0
         */
        public MultiLabelTarget truth(int image) {
            boolean[] present = new boolean[classes];
            for (int c = 0; c < classes; c++) {
                present[c] = values[image * classes + c] > 0.5f;
            }
            return MultiLabelTarget.ofUnknownSizes(present);
        }
    }

    /**
     * Segmentation.
     *
     * @param pixels the class of each pixel as an unsigned byte, {@link #VOID} where none counts, [image][row][column]
     * @param height of each mask
     * @param width of each mask
     * @param whole the masks as they were drawn, for what is measured on; none for what is only learned from
     */
    record Masks(byte[] pixels, int height, int width, List<WholeMask> whole) implements Target {
        /** The label of pixels that take no part in loss and measures. */
        public static final int VOID = SegmentationMetrics.VOID;

        public Masks {
            whole = List.copyOf(whole);
            int masks = pixels.length / (height * width);
            if (!whole.isEmpty() && whole.size() != masks) {
                throw new IllegalArgumentException(whole.size() + " whole masks for " + masks + " images");
            }
        }

        /**
         * Masks that are only learned from, or images of the size of the network's input.
         *
         * @param pixels as above
         * @param height of each mask
         * @param width of each mask
         */
        public Masks(byte[] pixels, int height, int width) {
            this(pixels, height, width, List.of());
        }

        /**
         * {@return what the metrics compare an answer with: the mask as it was drawn where it is known, else as the network sees
         * it}
         *
         * @param image counted from 0
         */
        public WholeMask truth(int image) {
            if (!whole.isEmpty()) {
                return whole.get(image);
            }
            int area = height * width;
            byte[] own = Arrays.copyOfRange(pixels, image * area, (image + 1) * area);
            return new WholeMask(new IndexImage(width, height, own), Framing.whole(width, height));
        }

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

    /**
     * The mask of an image that a network sees in its own way: padded, and shrunk where it is larger than the input.
     *
     * @param mask of the image's size
     * @param framing how the network sees the image
     */
    record WholeMask(IndexImage mask, Framing framing) {}
}
