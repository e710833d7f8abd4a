package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.dataset.MultiLabelImage;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.Preprocessing;

/** Image files with any number of classes each. */
public final class MultiLabelData implements TrainingData {
    private final List<MultiLabelImage> images;
    private final Preprocessing preprocessing;
    private final ImageTransform transform;
    private final Orientation orientation;

    private MultiLabelData(List<MultiLabelImage> images, Preprocessing preprocessing, ImageTransform transform) {
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
    public static MultiLabelData training(
            List<MultiLabelImage> images, Preprocessing preprocessing, Augmentation augmentation) {
        return new MultiLabelData(images, preprocessing, ImageTransform.training(preprocessing, augmentation));
    }

    /**
     * To measure on.
     *
     * @param images the images
     * @param preprocessing from an image to the input of the network
     * @return the examples
     */
    public static MultiLabelData validation(List<MultiLabelImage> images, Preprocessing preprocessing) {
        return new MultiLabelData(images, preprocessing, ImageTransform.evaluation(preprocessing));
    }

    /** {@return the examples with their classes by size, as the measures take them, in index order} */
    public List<MultiLabelImage> images() {
        return images;
    }

    @Override
    public TurnedImages turned() {
        return TurnedImages.among(images.stream().map(MultiLabelImage::image).toList());
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
        MultiLabelImage example = images.get(index);
        transform.write(ImageSource.of(example.image()).decode(orientation), random, batch, offset);
        return new Target.LabelSets(
                example.target().toFloats(), example.target().classes());
    }
}
