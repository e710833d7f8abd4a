package org.elasticvision.train.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Preprocessing;

/**
 * What examples in image files have in common, whatever the task.
 *
 * @param <E> an image file and what is true of it
 */
abstract class ImageFiles<E> implements TrainingData {
    private final List<E> examples;
    private final Function<E, Path> file;
    private final Preprocessing preprocessing;
    private final Orientation orientation;

    /** @param examples immutable: they are not copied */
    ImageFiles(List<E> examples, Function<E, Path> file, Preprocessing preprocessing) {
        this.examples = examples;
        this.file = file;
        this.preprocessing = preprocessing;
        this.orientation = Orientation.of(preprocessing.view());
    }

    final E example(int index) {
        return examples.get(index);
    }

    final List<E> examples() {
        return examples;
    }

    final Orientation orientation() {
        return orientation;
    }

    /** The picture of an example, as the network is to see it. */
    final RgbImage decode(E example) {
        return ImageSource.of(file.apply(example)).decode(orientation);
    }

    @Override
    public TurnedImages turned() {
        return TurnedImages.among(examples.stream().map(file).toList());
    }

    @Override
    public int size() {
        return examples.size();
    }

    @Override
    public String name(int index) {
        return file.apply(example(index)).toString();
    }

    @Override
    public int height() {
        return preprocessing.height();
    }

    @Override
    public int width() {
        return preprocessing.width();
    }
}
