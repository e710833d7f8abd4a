package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.dataset.coco.MultiLabelImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.data.transform.ImageTransform;

/** Image files with any number of classes each. */
public final class MultiLabelData extends ImageFiles<MultiLabelImage> {
    private final ImageTransform transform;

    /**
     * Examples to learn from, or to measure on.
     *
     * @param images the images
     * @param preprocessing from an image to the input of the network
     * @param augmentation how the images are varied to learn from them; empty to measure on them
     */
    public MultiLabelData(
            List<MultiLabelImage> images, Preprocessing preprocessing, Optional<Augmentation> augmentation) {
        super(List.copyOf(images), MultiLabelImage::image, preprocessing);
        this.transform = ImageTransform.of(preprocessing, augmentation);
    }

    @Override
    public Target load(int index, RandomGenerator random, FloatBuffer batch, int offset) {
        MultiLabelImage example = example(index);
        transform.write(decode(example), random, batch, offset);
        return new Target.LabelSets(
                example.target().toFloats(), example.target().classes());
    }
}
