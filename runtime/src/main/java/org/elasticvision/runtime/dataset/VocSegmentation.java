package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.DataFiles;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.io.TextFiles;

/**
 * PASCAL VOC 2012 with masks, listed in one of two ways. As in the published {@code utils.py}: {@code VOC2012/list/val.txt} (for
 * training {@code train_aug.txt}) has a line {@code IMAGE MASK} for each image, both paths from the folder {@code VOC2012} on,
 * beginning with a slash. Where there is no such list, as in Pascal's own archive: {@code ImageSets/Segmentation/val.txt} (for
 * training {@code train.txt}) has a line {@code NAME} for {@code JPEGImages/NAME.jpg} and {@code SegmentationClass/NAME.png}. The
 * order is the list's; empty lines are skipped.
 */
public final class VocSegmentation {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern LEADING_SLASHES = Pattern.compile("^/+");

    private VocSegmentation() {}

    /**
     * Lists the validation images; see {@link #read(Path, Split)}.
     *
     * @param data the folder of the data set
     * @return the images with their masks
     */
    public static List<SegmentedImage> read(Path data) {
        return read(data, Split.VALIDATION);
    }

    /**
     * Lists images and their masks.
     *
     * @param data the folder {@code VOC2012}, or one that holds it or {@code VOCdevkit/VOC2012}
     * @param split which part
     * @return the images with their masks
     * @throws DatasetException if the list, an image or a mask is missing, a line is not what its list has, or a path leads out
     *     of {@code VOC2012}
     */
    public static List<SegmentedImage> read(Path data, Split split) {
        DataFiles.requireFolder(data);
        Path root = root(data);
        Path list = list(data, split).orElseGet(() -> published(root, split));
        boolean isPublished = list.equals(published(root, split));
        List<String> lines = lines(list);
        DataFiles files = new DataFiles(root);
        List<SegmentedImage> images = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty()) {
                String where = list + ": line " + number;
                images.add(isPublished ? image(line, where, files) : named(line, where, files));
            }
        }
        files.requireAll();
        if (images.isEmpty()) {
            throw new DatasetException(list + ": is empty; it needs a line '" + (isPublished ? "IMAGE MASK" : "NAME")
                    + "' for each image");
        }
        return List.copyOf(images);
    }

    /**
     * {@return the folder {@code VOC2012}, whichever of it and the folders above it was given}
     *
     * @param data the folder of the data set
     */
    public static Path root(Path data) {
        return Stream.of(data.resolve("VOC2012"), data.resolve("VOCdevkit").resolve("VOC2012"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(data);
    }

    /**
     * {@return the list of a part: the published code's, or else Pascal's own; empty if there is neither}
     *
     * @param data the folder of the data set
     * @param split which part
     */
    public static Optional<Path> list(Path data, Split split) {
        Path root = root(data);
        String name =
                switch (split) {
                    case TRAINING -> "train.txt";
                    case VALIDATION -> "val.txt";
                };
        return Stream.of(
                        published(root, split),
                        root.resolve("ImageSets").resolve("Segmentation").resolve(name))
                .filter(Files::exists)
                .findFirst();
    }

    private static Path published(Path root, Split split) {
        String name =
                switch (split) {
                    case TRAINING -> "train_aug.txt";
                    case VALIDATION -> "val.txt";
                };
        return root.resolve("list").resolve(name);
    }

    private static List<String> lines(Path list) {
        try {
            return TextFiles.read(list).lines().toList();
        } catch (NoSuchFileException e) {
            throw new DatasetException(
                    list
                            + " does not exist, and neither does such a list in ImageSets/Segmentation; give the folder"
                            + " VOC2012 or its parent",
                    e);
        } catch (CharacterCodingException e) {
            throw new DatasetException(list + ": not UTF-8 text; it needs a line for each image", e);
        } catch (IOException e) {
            throw new DatasetException(list + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static SegmentedImage image(String line, String where, DataFiles files) {
        String[] paths = SPACE.split(line, -1);
        if (paths.length != 2) {
            throw new DatasetException(
                    where + ": expected two paths, 'IMAGE MASK', without spaces in them, and found " + paths.length);
        }
        return new SegmentedImage(find(paths[0], where, files), find(paths[1], where, files));
    }

    private static SegmentedImage named(String name, String where, DataFiles files) {
        if (SPACE.matcher(name).find()) {
            throw new DatasetException(
                    where + ": expected the name of an image, without spaces, and found '" + name + "'");
        }
        Path image = files.find("JPEGImages/" + name + ".jpg", where);
        return new SegmentedImage(image, files.find("SegmentationClass/" + name + ".png", where));
    }

    private static Path find(String path, String where, DataFiles files) {
        return files.find(LEADING_SLASHES.matcher(path).replaceFirst(""), where);
    }
}
