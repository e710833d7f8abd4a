package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.dataset.ClassifiedImage;
import org.elasticvision.runtime.dataset.ClassifiedImages;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.data.transform.ImageTransform;

/** Image files of one class each. */
public final class ClassificationData extends ImageFiles<ClassifiedImage> {
    private final ImageTransform transform;

    /**
     * Examples to learn from, or to measure on.
     *
     * @param images the images
     * @param preprocessing from an image to the input of the network
     * @param augmentation how the images are varied to learn from them; empty to measure on them
     */
    public ClassificationData(
            List<ClassifiedImage> images, Preprocessing preprocessing, Optional<Augmentation> augmentation) {
        super(images instanceof ClassifiedImages ? images : List.copyOf(images), ClassifiedImage::image, preprocessing);
        this.transform = ImageTransform.of(preprocessing, augmentation);
    }

    @Override
    public int kind(int index) {
        return examples() instanceof ClassifiedImages listed
                ? listed.classIndex(index)
                : example(index).classIndex();
    }

    @Override
    public TurnedImages turned() {
        return examples() instanceof ClassifiedImages listed ? listed.turned() : super.turned();
    }

    @Override
    public Target load(int index, RandomGenerator random, FloatBuffer batch, int offset) {
        ClassifiedImage example = example(index);
        transform.write(decode(example), random, batch, offset);
        return new Target.Classes(new int[] {example.classIndex()});
    }
}
