package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.dataset.ClassifiedImage;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.Preprocessing;

/** Image files of one class each. */
public final class ClassificationData implements TrainingData {
    private final List<ClassifiedImage> images;
    private final Preprocessing preprocessing;
    private final ImageTransform transform;
    private final Orientation orientation;

    private ClassificationData(List<ClassifiedImage> images, Preprocessing preprocessing, ImageTransform transform) {
        this.images = List.copyOf(images);
        this.preprocessing = preprocessing;
        this.transform = transform;
        this.orientation = Orientation.of(preprocessing.view());
    }

    /**
     * To learn from.
     *
     * @param images the images
     * @param preprocessing from an image to the input of the network
     * @param augmentation how the images are varied
     * @return the examples
     */
    public static ClassificationData training(
            List<ClassifiedImage> images, Preprocessing preprocessing, Augmentation augmentation) {
        return new ClassificationData(images, preprocessing, ImageTransform.training(preprocessing, augmentation));
    }

    /**
     * To measure on.
     *
     * @param images the images
     * @param preprocessing from an image to the input of the network
     * @return the examples
     */
    public static ClassificationData validation(List<ClassifiedImage> images, Preprocessing preprocessing) {
        return new ClassificationData(images, preprocessing, ImageTransform.evaluation(preprocessing));
    }

    @Override
    public TurnedImages turned() {
        return TurnedImages.among(images.stream().map(ClassifiedImage::image).toList());
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
    public int kind(int index) {
        return images.get(index).classIndex();
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
        ClassifiedImage example = images.get(index);
        transform.write(ImageSource.of(example.image()).decode(orientation), random, batch, offset);
        return new Target.Classes(new int[] {example.classIndex()});
    }
}
