package org.elasticvision.runtime.dataset.listing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.PartFolder;

/**
 * The listings of the class folders of a part of a data set: those that are kept and still hold, and new ones of all others.
 *
 * @param root the folder that the class folders are in
 * @param classes one for each class folder, in their order, without images too
 * @param cache where they are kept
 */
public record PartListing(Path root, List<ClassListing> classes, ListingCache cache) {
    public PartListing {
        classes = List.copyOf(classes);
    }

    /**
     * Lists class folders, by several threads.
     *
     * @param root the folder that they are in
     * @param folders the class folders
     * @param extensions of images, in lower case, without a dot
     * @param cache where listings are kept
     * @throws DatasetException if a folder cannot be read, or a link leads back to a folder that it is in; of several the first
     *     one is named
     */
    public static PartListing of(Path root, List<Path> folders, Set<String> extensions, ListingCache cache) {
        Map<String, ClassListing> kept = cache.read(root);
        List<Outcome> outcomes = folders.parallelStream()
                .map(folder -> Outcome.of(folder, kept.get(PartFolder.name(folder)), extensions))
                .toList();
        List<ClassListing> classes = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            classes.add(outcome.orElseThrow());
        }
        PartListing listing = new PartListing(root, classes, cache);
        if (kept.size() != classes.size() || outcomes.stream().anyMatch(Outcome::isNew)) {
            listing.keep();
        }
        return listing;
    }

    /** {@return the same, where somebody has looked how many images are turned; it is kept} */
    public PartListing withTurned(List<ClassListing> counted) {
        PartListing known = new PartListing(root, counted, cache);
        known.keep();
        return known;
    }

    private void keep() {
        cache.write(root, classes);
    }

    /** What became of one class folder. */
    private record Outcome(Path folder, ClassListing listing, boolean isNew, IOException failure) {
        static Outcome of(Path folder, ClassListing kept, Set<String> extensions) {
            if (kept != null && kept.isCurrent(folder)) {
                return new Outcome(folder, kept, false, null);
            }
            try {
                return new Outcome(folder, ClassWalk.list(folder, extensions), true, null);
            } catch (IOException e) {
                return new Outcome(folder, null, true, e);
            }
        }

        ClassListing orElseThrow() {
            if (failure != null) {
                throw new DatasetException(folder + ": cannot be read: " + failure.getMessage(), failure);
            }
            return listing;
        }
    }
}
