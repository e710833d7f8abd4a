package org.elasticvision.runtime.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.metrics.confusion.ConfusionMatrix;
import org.elasticvision.runtime.metrics.figure.Ratio;

/**
 * Intersection over union per class, its mean, and pixel accuracy, as {@code inter_and_union} of the published
 * {@code utils.py} and {@code segment.py} compute them for PASCAL VOC (the paper's segmentation
 * experiments). Pixels are summed over all images before the division. Not thread-safe; see {@link #merge}.
 *
 * <p>The published code pads image and mask to the network's input, gives the mask's border the value {@link #VOID} and
 * measures there, which for images that fit is the same as measuring at the size of the image. For larger ones it has no
 * fixed rule (it measures on a random cut-out), but it never resamples a mask. So answers are brought to the image's size and
 * compared with the mask as it was drawn, whatever size a network works at: figures of networks with different input sizes are
 * about the same pixels.
 */
public final class SegmentationMetrics implements TaskMetrics<Segmentation, IndexImage> {
    /** The mask value of pixels of which nothing is said: they count nowhere, whatever was answered. */
    public static final int VOID = 255;

    private final int classes;
    /** [true class × classes + answered class]. */
    private final long[] pixels;

    private long images;

    /**
     * Starts with no images of that many classes, 1 to 255.
     *
     * @param classes how many classes there are
     */
    public SegmentationMetrics(int classes) {
        Check.between("classes", classes, 1, VOID);
        this.classes = classes;
        pixels = new long[classes * classes];
    }

    /**
     * Adds an image.
     *
     * @param answer of a model with the same classes
     * @param mask of the answer's size, {@link #VOID} where no class is given
     * @throws IllegalArgumentException if the two differ in size
     * @throws DatasetException if the mask has a class that does not exist; nothing is added then
     */
    @Override
    public void add(Segmentation answer, IndexImage mask) {
        if (answer.width() != mask.width() || answer.height() != mask.height()) {
            throw new IllegalArgumentException("the answer is " + answer.width() + "x" + answer.height() + ", the mask "
                    + mask.width() + "x" + mask.height());
        }
        add(answer.classMap(), mask.indices());
    }

    /**
     * Adds an image.
     *
     * @param predicted the class index of each pixel, as an unsigned byte
     * @param mask the true class index of each pixel in the same order, {@link #VOID} where none is given
     * @throws IllegalArgumentException if the two differ in length or a predicted class does not exist
     * @throws DatasetException if the mask has a class that does not exist; nothing is added then
     */
    public void add(byte[] predicted, byte[] mask) {
        check(predicted, mask);
        images++;
        for (int i = 0; i < mask.length; i++) {
            int truth = Byte.toUnsignedInt(mask[i]);
            if (truth != VOID) {
                pixels[truth * classes + Byte.toUnsignedInt(predicted[i])]++;
            }
        }
    }

    /**
     * Adds all images of {@code other}, which stays as it is.
     *
     * @param other of the same classes
     * @throws IllegalArgumentException if it is of another number of classes
     */
    public void merge(SegmentationMetrics other) {
        merge(other.totals());
    }

    @Override
    public double[] totals() {
        return LongStream.concat(LongStream.of(images), LongStream.of(pixels))
                .asDoubleStream()
                .toArray();
    }

    @Override
    public void merge(double[] totals) {
        Totals from = new Totals(totals, totals().length);
        images += from.count();
        from.addTo(pixels);
    }

    @Override
    public SegmentationResult result() {
        long[] answered = new long[classes];
        long[] labelled = new long[classes];
        for (int truth = 0; truth < classes; truth++) {
            for (int answer = 0; answer < classes; answer++) {
                labelled[truth] += pixels[truth * classes + answer];
                answered[answer] += pixels[truth * classes + answer];
            }
        }
        List<ClassOverlap> overlaps = new ArrayList<>();
        double ious = 0;
        long right = 0;
        for (int c = 0; c < classes; c++) {
            long intersection = pixels[c * classes + c];
            ClassOverlap overlap = new ClassOverlap(intersection, answered[c] + labelled[c] - intersection);
            overlaps.add(overlap);
            ious += overlap.iou();
            right += intersection;
        }
        return new SegmentationResult(
                images,
                ious / classes,
                Ratio.of((double) right, (double) LongStream.of(labelled).sum()),
                overlaps,
                ConfusionMatrix.of(pixels, classes));
    }

    private void check(byte[] predicted, byte[] mask) {
        if (predicted.length != mask.length) {
            throw new IllegalArgumentException(
                    predicted.length + " predicted pixels for a mask of " + mask.length + "; they must be as many");
        }
        for (int i = 0; i < mask.length; i++) {
            int truth = Byte.toUnsignedInt(mask[i]);
            if (truth >= classes && truth != VOID) {
                throw new DatasetException("the mask has class " + truth + " at pixel " + i + " and the model has "
                        + classes + " classes; use a mask of class indices, " + VOID + " for void");
            }
            if (Byte.toUnsignedInt(predicted[i]) >= classes) {
                throw new IllegalArgumentException("predicted class " + Byte.toUnsignedInt(predicted[i]) + " at pixel "
                        + i + "; it must be below " + classes);
            }
        }
    }
}
