package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.data.transform.ImageTransform;

/** Images in memory, of one class each. */
final class IdxData implements TrainingData {
    private final IdxImages images;
    private final Preprocessing preprocessing;
    private final ImageTransform transform;

    /**
     * Examples to learn from, or to measure on.
     *
     * @param images of the part
     * @param classes how many classes there are
     * @param preprocessing from an image to the input of the network
     * @param augmentation how the images are varied to learn from them, best {@link Augmentation#forSmall}; empty to measure
     *     on them
     * @throws DatasetException if an image is of a class that is not below {@code classes}
     */
    public IdxData(IdxImages images, int classes, Preprocessing preprocessing, Optional<Augmentation> augmentation) {
        images.requireClasses(classes);
        this.images = images;
        this.preprocessing = preprocessing;
        this.transform = ImageTransform.of(preprocessing, augmentation);
    }

    @Override
    public int size() {
        return images.count();
    }

    @Override
    public String name(int index) {
        return images.name(index);
    }

    @Override
    public int kind(int index) {
        return images.classIndex(index);
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
        transform.write(images.image(index), random, batch, offset);
        return new Target.Classes(new int[] {images.classIndex(index)});
    }
}
