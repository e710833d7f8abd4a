package org.elasticvision.train.data.layout;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.coco.MultiLabelImage;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.model.Label;

/**
 * Refuses data from which nothing can be learned although each image by itself is right: a network that has one answer only
 * is never wrong, and its error of 0 % means nothing.
 */
public final class Learnable {
    private static final int SHOWN = 10;

    private final Path data;
    private final List<Label> labels;

    /**
     * @param data the folder, for messages
     * @param labels of the network's classes
     */
    public Learnable(Path data, List<Label> labels) {
        this.data = data;
        this.labels = labels;
    }

    /** For networks that choose one class of several. */
    void requireSeveralClasses() {
        if (labels.size() < 2) {
            throw new DatasetException(data + ": has one class only, '"
                    + labels.get(0).name() + "', which a network would always answer; add images of another one");
        }
    }

    /** Of the classes, those that images to learn from are of must be several; the others are noted. */
    public void requireSeveralClasses(IntStream classes, DatasetOptions options) {
        requireSeveralClasses();
        BitSet seen = new BitSet();
        classes.forEach(seen::set);
        if (seen.cardinality() == 1) {
            throw new DatasetException(data + ": all training images are of class '"
                    + labels.get(seen.nextSetBit(0)).name()
                    + "', which a network would always answer; add images of another one");
        }
        BitSet unseen = new BitSet();
        unseen.set(0, labels.size());
        unseen.andNot(seen);
        if (!unseen.isEmpty()) {
            String more = unseen.cardinality() > SHOWN ? " and " + (unseen.cardinality() - SHOWN) + " more" : "";
            options.notes()
                    .accept(data + ": no training images of "
                            + unseen.stream()
                                    .limit(SHOWN)
                                    .mapToObj(index -> "'" + labels.get(index).name() + "'")
                                    .collect(Collectors.joining(", "))
                            + more);
        }
    }

    /** Images must differ in some class. */
    public void requireDifferences(List<MultiLabelImage> images) {
        boolean differ = IntStream.range(0, labels.size()).anyMatch(index -> {
            boolean first = images.get(0).target().isPresent(index);
            return images.stream().anyMatch(image -> image.target().isPresent(index) != first);
        });
        if (!differ) {
            List<String> same = IntStream.range(0, labels.size())
                    .filter(images.get(0).target()::isPresent)
                    .mapToObj(index -> "'" + labels.get(index).name() + "'")
                    .toList();
            throw new DatasetException(data + ": all training images have the same classes ("
                    + (same.isEmpty() ? "none" : String.join(", ", same))
                    + "), which a network would always answer; add images with other ones, or with none");
        }
    }

    /** Masks tell so many classes apart. */
    public void requireClassesOfMasks() {
        requireSeveralClasses();
        if (labels.size() > SegmentationMetrics.VOID) {
            throw new DatasetException(
                    data + ": has " + labels.size() + " classes, and a mask tells " + SegmentationMetrics.VOID
                            + " apart (" + SegmentationMetrics.VOID + " is void); join some of them");
        }
    }
}
