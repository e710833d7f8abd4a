package org.elasticvision.train.check.listing;

import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.train.data.DatasetFolder;

/** MNIST's files. */
final class IdxLister implements PartLister {
    private final DatasetFolder data;
    private final ClassIndex classes;

    IdxLister(DatasetFolder data, List<Label> labels) {
        this.data = data;
        this.classes = new ClassIndex(labels);
    }

    @Override
    public List<ListedImage> list(Split split) {
        IdxImages images = IdxImages.read(data.folder(), split);
        List<Integer> indices = images.numbers().stream()
                .map(number -> Integer.valueOf(number.id()))
                .map(number ->
                        classes.isKnown(number) ? number : classes.of(new Label(number.toString(), number.toString())))
                .toList();
        return ListedImages.lazy(
                images.count(),
                index -> new ListedImage(
                        images.source(index),
                        Optional.empty(),
                        split,
                        List.of(indices.get(images.classIndex(index))),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Override
    public List<String> classes() {
        return classes.all();
    }
}
