package org.elasticvision.train.check.listing;

import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.dataset.VocSegmentation;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.train.data.DatasetFolder;

/** PASCAL VOC's lists of images with masks, whose classes are known when the masks are read. */
final class VocLister implements PartLister {
    private final DatasetFolder data;
    private final List<String> classes;

    VocLister(DatasetFolder data, List<Label> labels) {
        this.data = data;
        this.classes = labels.stream().map(Label::name).toList();
    }

    @Override
    public List<ListedImage> list(Split split) {
        List<SegmentedImage> images = VocSegmentation.read(data.folder(), split);
        return ListedImages.lazy(images.size(), index -> {
            SegmentedImage image = images.get(index);
            return new ListedImage(
                    ImageSource.of(image.image()),
                    Optional.of(image.image()),
                    split,
                    List.of(),
                    Optional.of(image.mask()),
                    Optional.empty());
        });
    }

    @Override
    public List<String> classes() {
        return classes;
    }
}
