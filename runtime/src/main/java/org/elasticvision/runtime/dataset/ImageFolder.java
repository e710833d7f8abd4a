package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.runtime.DatasetException;
import org.elasticvision.runtime.image.ImageFileNames;
import org.elasticvision.runtime.io.FolderSearch;
import org.elasticvision.runtime.model.Label;

/**
 * Images in a folder per class, as ImageNet is kept: {@code DATA/n01440764/a.JPEG}, or {@code DATA/val/n01440764/a.JPEG}.
 *
 * <p>A folder's class is the label with that id (for ImageNet a WordNet id), else the label with that name, else, if there
 * are as many folders as labels and no name or id fits, the folder's place in code point order, which is what torchvision's
 * {@code ImageFolder} in the published {@code classify.py} does. Images may lie in deeper folders. Files are images by
 * their extension ({@link ImageFileNames}); hidden files and folders are passed over. The order
 * is torchvision's: class folders, in each the folders, in each the files, by code point.
 */
public final class ImageFolder {
    private ImageFolder() {}

    /**
     * Lists the validation images of {@code data}; see {@link #read(Path, List, Split)}.
     *
     * @param data the folder of the data set
     * @param labels in class order
     * @return the images with their classes
     */
    public static List<ClassifiedImage> read(Path data, List<Label> labels) {
        return read(data, labels, Split.VALIDATION);
    }

    /**
     * Lists images and their classes.
     *
     * @param data holds the class folders, or a folder {@code val} (or {@code train}) that does
     * @param labels the model's labels, in class order
     * @param split which part
     * @return the images with their classes
     * @throws DatasetException if there are no class folders, no images, or folders that are none of the model's
     *     classes
     */
    public static List<ClassifiedImage> read(Path data, List<Label> labels, Split split) {
        Path root = root(data, split);
        List<Label> classes = labels(data, split);
        int[] indices = ClassMatcher.match(classes, labels, root + ": class folder");
        List<ClassifiedImage> images = new ArrayList<>();
        for (int i = 0; i < indices.length; i++) {
            for (Path image : images(root.resolve(classes.get(i).id()))) {
                images.add(new ClassifiedImage(image, indices[i]));
            }
        }
        if (images.isEmpty()) {
            throw new DatasetException(root + ": no images in its " + indices.length + " folders; expected files named "
                    + ImageFileNames.list());
        }
        return List.copyOf(images);
    }

    /**
     * {@return the class folders in code point order, as labels for a network that is to be trained on them}
     *
     * @param data the folder of the data set
     * @param split which part
     * @throws DatasetException if there are none
     */
    public static List<Label> labels(Path data, Split split) {
        Path root = root(data, split);
        try (Stream<Path> entries = Files.list(root)) {
            List<Label> labels = entries.filter(Files::isDirectory)
                    .map(ImageFolder::name)
                    .filter(name -> !name.startsWith("."))
                    .sorted(DataFiles.CODE_POINT_ORDER)
                    .map(name -> new Label(name, name))
                    .toList();
            if (labels.isEmpty()) {
                throw new DatasetException(
                        root + ": no folders in it; put the images of each class into a folder of its own");
            }
            return labels;
        } catch (IllegalArgumentException e) {
            throw new DatasetException(root + ": a folder's name makes no label: " + e.getMessage() + "; rename it", e);
        } catch (IOException e) {
            throw new DatasetException(root + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path root(Path data, Split split) {
        DataFiles.requireFolder(data);
        Path part = data.resolve(split.id());
        return Files.isDirectory(part) ? part : data;
    }

    private static List<Path> images(Path folder) {
        try {
            return FolderSearch.files(folder, ImageFileNames.EXTENSIONS).stream()
                    .sorted(Comparator.comparing(
                                    (Path file) -> String.valueOf(file.getParent()), DataFiles.CODE_POINT_ORDER)
                            .thenComparing(ImageFolder::name, DataFiles.CODE_POINT_ORDER))
                    .toList();
        } catch (IOException e) {
            throw new DatasetException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
