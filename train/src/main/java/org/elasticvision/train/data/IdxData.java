package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.model.Preprocessing;

/** Images in memory, of one class each. */
public final class IdxData implements TrainingData {
    private final IdxImages images;
    private final Preprocessing preprocessing;
    private final ImageTransform transform;

    private IdxData(IdxImages images, int classes, Preprocessing preprocessing, ImageTransform transform) {
        images.requireClasses(classes);
        this.images = images;
        this.preprocessing = preprocessing;
        this.transform = transform;
    }

    /**
     * To learn from.
     *
     * @param images of the part to learn from
     * @param classes how many classes there are
     * @param preprocessing from an image to the input of the network
     * @param augmentation best {@link Augmentation#forSmall}
     * @return the examples
     * @throws DatasetException if an image is of a class that is not below {@code classes}
     */
    public static IdxData training(
            IdxImages images, int classes, Preprocessing preprocessing, Augmentation augmentation) {
        return new IdxData(images, classes, preprocessing, ImageTransform.training(preprocessing, augmentation));
    }

    /**
     * To measure on.
     *
     * @param images of the part to measure on
     * @param classes how many classes there are
     * @param preprocessing from an image to the input of the network
     * @return the examples
     * @throws DatasetException if an image is of a class that is not below {@code classes}
     */
    public static IdxData validation(IdxImages images, int classes, Preprocessing preprocessing) {
        return new IdxData(images, classes, preprocessing, ImageTransform.evaluation(preprocessing));
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
