package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.MaskViews;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Preprocessing;

/** Image files with a mask each. */
public final class SegmentationData implements TrainingData {
    private final List<SegmentedImage> images;
    private final int classes;
    private final Preprocessing preprocessing;
    private final SegmentationTransform transform;
    private final Orientation orientation;

    private SegmentationData(
            List<SegmentedImage> images, int classes, Preprocessing preprocessing, SegmentationTransform transform) {
        this.images = List.copyOf(images);
        this.classes = classes;
        this.preprocessing = preprocessing;
        this.transform = transform;
        this.orientation = Orientation.of(preprocessing.view());
    }

    /**
     * To learn from.
     *
     * @param images the images
     * @param classes masks hold {@code 0..classes-1} and {@link Target.Masks#VOID}, nothing else
     * @param preprocessing from an image to the input of the network
     * @param augmentation how the images are varied
     * @return the examples
     */
    public static SegmentationData training(
            List<SegmentedImage> images, int classes, Preprocessing preprocessing, Augmentation augmentation) {
        SegmentationTransform transform = SegmentationTransform.training(preprocessing, augmentation);
        return new SegmentationData(images, classes, preprocessing, transform);
    }

    /**
     * To measure on, at the size of each image, as {@code elastic evaluate} does.
     *
     * @param images the images
     * @param classes masks hold {@code 0..classes-1} and {@link Target.Masks#VOID}, nothing else
     * @param preprocessing from an image to the input of the network
     * @return the examples
     */
    public static SegmentationData validation(List<SegmentedImage> images, int classes, Preprocessing preprocessing) {
        return new SegmentationData(images, classes, preprocessing, SegmentationTransform.evaluation(preprocessing));
    }

    @Override
    public TurnedImages turned() {
        return MaskViews.check(images, orientation);
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public String name(int index) {
        return images.get(index).image().toString();
    }

    @Override
    public int height() {
        return preprocessing.height();
    }

    @Override
    public int width() {
        return preprocessing.width();
    }

    @Override
    public Target load(int index, RandomGenerator random, FloatBuffer batch, int offset) {
        SegmentedImage example = images.get(index);
        RgbImage image = ImageSource.of(example.image()).decode(orientation);
        IndexImage mask = PngFiles.readIndices(example.mask());
        check(example, image, mask);
        return transform.write(image, mask, random, batch, offset);
    }

    private void check(SegmentedImage example, RgbImage image, IndexImage mask) {
        MaskViews.requireSameSize(example, image.width(), image.height(), mask.width(), mask.height());
        for (byte index : mask.indices()) {
            int value = index & 0xFF;
            if (value >= classes && value != Target.Masks.VOID) {
                throw new DatasetException(example.mask() + ": has a pixel of class " + value + ", but there are "
                        + classes + " classes (255 is void); correct the mask or the labels");
            }
        }
    }
}
