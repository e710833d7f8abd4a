package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.MaskViews;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.train.data.transform.Augmentation;

/** Image files with a mask each. */
public final class SegmentationData extends ImageFiles<SegmentedImage> {
    private final int classes;
    private final SegmentationTransform transform;

    /**
     * Examples to learn from, or to measure on: these at the size of each image, as {@code elastic evaluate} does.
     *
     * @param images the images
     * @param classes masks hold {@code 0..classes-1} and {@link Target.Masks#VOID}, nothing else
     * @param preprocessing from an image to the input of the network
     * @param augmentation how the images are varied to learn from them; empty to measure on them
     */
    public SegmentationData(
            List<SegmentedImage> images,
            int classes,
            Preprocessing preprocessing,
            Optional<Augmentation> augmentation) {
        super(List.copyOf(images), SegmentedImage::image, preprocessing);
        this.classes = classes;
        this.transform = SegmentationTransform.of(preprocessing, augmentation);
    }

    @Override
    public TurnedImages turned() {
        return MaskViews.check(examples(), orientation());
    }

    @Override
    public Target load(int index, RandomGenerator random, FloatBuffer batch, int offset) {
        SegmentedImage example = example(index);
        RgbImage image = decode(example);
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
