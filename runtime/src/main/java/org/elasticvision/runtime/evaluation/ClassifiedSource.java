package org.elasticvision.runtime.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.dataset.ImageFolder;
import org.elasticvision.runtime.dataset.layout.ClassMatcher;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.Label;

/** An image of one class, from a file or, where that is empty, out of memory. */
record ClassifiedSource(ImageSource source, Optional<Path> file, int classIndex) {

    /** The validation images of IDX files, if the folder has such, else of folders by class. */
    static List<ClassifiedSource> read(Path folder, List<Label> labels, DatasetOptions options) {
        if (!IdxImages.isIn(folder, Split.VALIDATION)) {
            return ImageFolder.read(folder, labels, Split.VALIDATION, options).stream()
                    .map(image -> new ClassifiedSource(
                            ImageSource.of(image.image()), Optional.of(image.image()), image.classIndex()))
                    .toList();
        }
        IdxImages images = IdxImages.read(folder, Split.VALIDATION);
        Optional<int[]> paired = ClassMatcher.matchNumbers(folder, labels, options);
        images.requireClasses(paired.map(indices -> indices.length).orElse(labels.size()));
        return IntStream.range(0, images.count())
                .mapToObj(index -> new ClassifiedSource(
                        images.source(index), Optional.empty(), classIndex(images.classIndex(index), paired)))
                .toList();
    }

    private static int classIndex(int number, Optional<int[]> paired) {
        return paired.map(indices -> indices[number]).orElse(number);
    }
}
