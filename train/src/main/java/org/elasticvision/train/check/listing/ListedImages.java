package org.elasticvision.train.check.listing;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.train.check.finding.Findings;
import org.elasticvision.train.data.DatasetFolder;

/**
 * All images of a data set, those of the training part first. They are made when they are asked for, so that a million of them take little
 * memory. Thread-safe.
 *
 * @param classes names, the network's first, in its order
 * @param images in order
 */
public record ListedImages(List<String> classes, List<ListedImage> images) {
    public ListedImages {
        classes = List.copyOf(classes);
    }

    /**
     * Lists a data set. What cannot be listed is left out and told.
     *
     * @param data opened
     * @param labels of the network that would be trained
     * @param heldOut names of the training images that a run would validate on; empty where the data have a part for that
     * @param findings receives what is wrong with the lists themselves
     * @param refused receives the message of a part that cannot be listed
     */
    public static ListedImages of(
            DatasetFolder data, List<Label> labels, Set<String> heldOut, Findings findings, Consumer<String> refused) {
        List<Split> splits =
                data.heldOut().isPresent() ? List.of(Split.TRAINING) : List.of(Split.TRAINING, Split.VALIDATION);
        PartLister lister =
                switch (data.layout()) {
                    case FOLDER_PER_CLASS -> new FolderLister(data, labels, findings);
                    case IDX -> new IdxLister(data, labels);
                    case COCO -> new CocoLister(data, labels, findings);
                    case VOC -> new VocLister(data, labels);
                };
        List<ListedImage> all = List.of();
        for (Split split : splits) {
            try {
                all = both(all, lister.list(split));
            } catch (DatasetException e) {
                refused.accept(e.getMessage());
            }
        }
        return new ListedImages(lister.classes(), heldOut.isEmpty() ? all : dealt(all, heldOut));
    }

    private static List<ListedImage> dealt(List<ListedImage> all, Set<String> heldOut) {
        return lazy(all.size(), index -> {
            ListedImage image = all.get(index);
            return heldOut.contains(image.name()) ? image.in(Split.VALIDATION) : image;
        });
    }

    private static List<ListedImage> both(List<ListedImage> first, List<ListedImage> second) {
        int border = first.size();
        return lazy(border + second.size(), index -> index < border ? first.get(index) : second.get(index - border));
    }

    /** A list whose elements are made when they are asked for. */
    static List<ListedImage> lazy(int size, IntFunction<ListedImage> element) {
        return new Lazy(size, element);
    }

    private static final class Lazy extends AbstractList<ListedImage> implements RandomAccess {
        private final int size;
        private final IntFunction<ListedImage> element;

        Lazy(int size, IntFunction<ListedImage> element) {
            this.size = size;
            this.element = element;
        }

        @Override
        public ListedImage get(int index) {
            return element.apply(index);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
