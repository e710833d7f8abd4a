package org.elasticvision.runtime.dataset;

import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.elasticvision.runtime.dataset.listing.ClassListing;
import org.elasticvision.runtime.dataset.listing.PartListing;
import org.elasticvision.runtime.image.ImageHead;

/**
 * The images of class folders, each made when it is asked for: a million of them take about 25 MB. Immutable and
 * thread-safe; copying it into another list makes them all.
 */
public final class ClassifiedImages extends AbstractList<ClassifiedImage> implements RandomAccess {
    private final List<Path> folders;
    private final int[] classIndices;
    /** Of each folder the number of its first image, and behind the last one the number of all. */
    private final int[] firsts;

    private volatile PartListing listing;

    /**
     * @param classIndices of the class folders with images, in their order
     */
    ClassifiedImages(PartListing listing, List<Path> folders, int[] classIndices) {
        this.listing = listing;
        this.folders = List.copyOf(folders);
        this.firsts = new int[folders.size() + 1];
        this.classIndices = new int[folders.size()];
        for (int i = 0, filled = 0; i < folders.size(); i++) {
            int size = listing.classes().get(i).size();
            firsts[i + 1] = Math.addExact(firsts[i], size);
            this.classIndices[i] = size == 0 ? -1 : classIndices[filled++];
        }
    }

    @Override
    public ClassifiedImage get(int index) {
        int folder = folder(index);
        Path image = listing.classes().get(folder).image(folders.get(folder), index - firsts[folder]);
        return new ClassifiedImage(image, classIndices[folder]);
    }

    @Override
    public int size() {
        return firsts[folders.size()];
    }

    /**
     * {@return the class of an image, for less than {@link #get} costs}
     *
     * @param index of the image
     */
    public int classIndex(int index) {
        return classIndices[folder(index)];
    }

    private int folder(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("image " + index + " of " + size());
        }
        int found = Arrays.binarySearch(firsts, index);
        int folder = found >= 0 ? found : -found - 2;
        while (firsts[folder + 1] == index) { // folders without images begin where the next one does
            folder++;
        }
        return folder;
    }

    /**
     * {@return how many are turned, as {@link TurnedImages#among} says} Where the listing is kept, this is kept with it, until
     * a file of the class folder is added, removed or renamed.
     */
    public TurnedImages turned() {
        List<ClassListing> classes = listing.classes();
        if (classes.stream().anyMatch(one -> one.turned() == ClassListing.UNKNOWN)) {
            classes = counted(classes);
            listing = listing.withTurned(classes);
        }
        return new TurnedImages(
                size(), classes.stream().mapToInt(ClassListing::turned).sum(), 0);
    }

    private List<ClassListing> counted(List<ClassListing> classes) {
        AtomicIntegerArray turned = new AtomicIntegerArray(classes.size());
        IntStream.range(0, size()).parallel().forEach(index -> {
            int folder = folder(index);
            if (classes.get(folder).turned() == ClassListing.UNKNOWN
                    && ImageHead.read(get(index).image())
                            .filter(ImageHead::turned)
                            .isPresent()) {
                turned.incrementAndGet(folder);
            }
        });
        List<ClassListing> counted = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            ClassListing one = classes.get(i);
            counted.add(one.turned() == ClassListing.UNKNOWN ? one.withTurned(turned.get(i)) : one);
        }
        return counted;
    }
}
