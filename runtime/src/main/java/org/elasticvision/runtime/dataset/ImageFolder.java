package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.ClassMatcher;
import org.elasticvision.runtime.dataset.layout.DataFiles;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.dataset.layout.KnownLayouts;
import org.elasticvision.runtime.dataset.layout.PartFolder;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.dataset.listing.ListingCache;
import org.elasticvision.runtime.dataset.listing.PartListing;
import org.elasticvision.runtime.image.ImageFileNames;
import org.elasticvision.runtime.io.FolderSearch;
import org.elasticvision.runtime.model.Label;

/**
 * Images in a folder per class, as ImageNet is kept: {@code DATA/n01440764/a.JPEG}, or {@code DATA/val/n01440764/a.JPEG}
 * (also {@code valid} or {@code validation}, and {@code training}, in any case).
 *
 * <p>A folder's class is the label with that name or id (for ImageNet a WordNet id), whatever the case and with underscores
 * or spaces; one of several names that a label lists will do. By their place in code point order, which is what
 * torchvision's {@code ImageFolder} in the published {@code classify.py} does, folders are taken only where {@link
 * DatasetOptions#byOrder} says so, or where either side only counts its classes. Images may lie in deeper folders. Files are
 * images by their extension ({@link ImageFileNames}); hidden files and folders, what operating systems leave ({@code
 * __MACOSX}, {@code @eaDir}) and folders without images are passed over. The order is torchvision's: class folders, in each
 * the folders, in each the files, by code point.
 *
 * <p>The listing of many images is kept in the user's cache ({@code ~/.cache/elasticvision/listings}). The next call looks at the
 * class folders only, and lists those anew whose times or number of entries have changed.
 */
public final class ImageFolder {
    private ImageFolder() {}

    /**
     * Lists the validation images of {@code data}; see {@link #read(Path, List, Split, DatasetOptions)}.
     *
     * @param data the folder of the data set
     * @param labels in class order
     * @return the images with their classes
     */
    public static ClassifiedImages read(Path data, List<Label> labels) {
        return read(data, labels, Split.VALIDATION, DatasetOptions.defaults());
    }

    /**
     * Lists images and their classes.
     *
     * @param data holds the class folders, or a folder {@code val} (or {@code train}) that does
     * @param labels the model's labels, in class order
     * @param split which part
     * @param options how classes are paired with labels, and who receives a note of each folder that is skipped
     * @return the images with their classes
     * @throws DatasetException if there are no class folders, no images, or folders that are none of the model's
     *     classes
     */
    public static ClassifiedImages read(Path data, List<Label> labels, Split split, DatasetOptions options) {
        return read(data, labels, split, options, ListingCache.ofUser());
    }

    static ClassifiedImages read(
            Path data, List<Label> labels, Split split, DatasetOptions options, ListingCache cache) {
        Path root = root(data, split);
        List<Path> all = allFolders(root);
        PartListing listing = PartListing.of(root, all, ImageFileNames.EXTENSIONS, cache);
        List<Path> filled = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (listing.classes().get(i).size() > 0) {
                filled.add(all.get(i));
            } else {
                empty.add("'" + PartFolder.name(all.get(i)) + "'");
            }
        }
        requireImages(filled, all, root);
        if (!empty.isEmpty()) {
            options.notes().accept(root + ": passed over, without images: " + String.join(", ", empty));
        }
        int[] indices = ClassMatcher.match(labels(filled), labels, root, ClassMatcher.Kind.FOLDER, options);
        return new ClassifiedImages(listing, all, indices);
    }

    /**
     * {@return the folders that hold images, in code point order, as labels for a network that is to be trained on them}
     *
     * @param data the folder of the data set
     * @param split which part
     * @throws DatasetException if there are none
     */
    public static List<Label> labels(Path data, Split split) {
        return labels(classFolders(root(data, split)));
    }

    /**
     * {@return the folder of a part, such as {@code val}, if there is one with folders in it that may be classes}
     *
     * @param data the folder of the data set
     * @param split which part
     * @throws DatasetException if there are two, such as {@code val} and {@code valid}
     */
    public static Optional<Path> part(Path data, Split split) {
        return PartFolder.find(
                data, split, folder -> !PartFolder.folders(folder).isEmpty() && !PartFolder.holdsOnlyParts(folder));
    }

    private static Path root(Path data, Split split) {
        DataFiles.requireFolder(data);
        Path root = part(data, split).orElse(data);
        if (root.equals(data) && PartFolder.holdsOnlyParts(data)) {
            throw new DatasetException(data + ": has no folder '" + split.id() + "' with a folder for each class in it"
                    + KnownLayouts.hint(data) + "; give the folder whose folders are the classes");
        }
        return root;
    }

    private static List<Label> labels(List<Path> folders) {
        return folders.stream().map(ImageFolder::label).toList();
    }

    private static Label label(Path folder) {
        String name = PartFolder.name(folder);
        try {
            return new Label(name, name);
        } catch (IllegalArgumentException e) {
            throw new DatasetException(folder + ": its name makes no label: " + e.getMessage() + "; rename it", e);
        }
    }

    private static List<Path> classFolders(Path root) {
        List<Path> folders = allFolders(root);
        List<Path> filled = folders.stream().filter(ImageFolder::hasImages).toList();
        requireImages(filled, folders, root);
        return filled;
    }

    private static List<Path> allFolders(Path root) {
        List<Path> folders = PartFolder.folders(root);
        if (folders.isEmpty()) {
            throw new DatasetException(
                    root + ": no folders in it; put the images of each class into a folder of its own"
                            + KnownLayouts.hint(root));
        }
        return folders;
    }

    private static void requireImages(List<Path> filled, List<Path> folders, Path root) {
        if (filled.isEmpty()) {
            throw new DatasetException(root + ": no images in its " + folders.size() + " folders; expected files named "
                    + String.join(
                            ", ", ImageFileNames.EXTENSIONS.stream().sorted().toList()));
        }
    }

    private static boolean hasImages(Path folder) {
        try {
            return FolderSearch.hasFiles(folder, ImageFileNames.EXTENSIONS);
        } catch (IOException e) {
            throw new DatasetException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
