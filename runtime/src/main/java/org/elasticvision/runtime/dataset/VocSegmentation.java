package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.DataFiles;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.io.TextFiles;

/**
 * PASCAL VOC 2012 with masks, listed as in the published {@code utils.py}: {@code VOC2012/list/val.txt} (for training
 * {@code train_aug.txt}) has a line {@code IMAGE MASK} for each image, both paths from the folder {@code VOC2012} on,
 * beginning with a slash. The order is the list's; empty lines are passed over.
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
     * @param data the folder {@code VOC2012} or the one that holds it
     * @param split which part
     * @return the images with their masks
     * @throws DatasetException if the list, an image or a mask is missing, a line is not two paths, or a path leads out
     *     of {@code VOC2012}
     */
    public static List<SegmentedImage> read(Path data, Split split) {
        DataFiles.requireFolder(data);
        Path root = Files.isDirectory(data.resolve("VOC2012")) ? data.resolve("VOC2012") : data;
        Path list = root.resolve("list").resolve(listName(split));
        List<String> lines = lines(list);
        DataFiles files = new DataFiles(root);
        List<SegmentedImage> images = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty()) {
                images.add(image(line, list + ": line " + number, files));
            }
        }
        files.requireAll();
        if (images.isEmpty()) {
            throw new DatasetException(list + ": is empty; it needs a line 'IMAGE MASK' for each image");
        }
        return List.copyOf(images);
    }

    private static String listName(Split split) {
        return switch (split) {
            case TRAINING -> "train_aug.txt";
            case VALIDATION -> "val.txt";
        };
    }

    private static List<String> lines(Path list) {
        try {
            return TextFiles.read(list).lines().toList();
        } catch (NoSuchFileException e) {
            throw new DatasetException(
                    list
                            + " does not exist; give the folder VOC2012, with the lists of the published code in it,"
                            + " or its parent",
                    e);
        } catch (CharacterCodingException e) {
            throw new DatasetException(list + ": not UTF-8 text; it needs a line 'IMAGE MASK' for each image", e);
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

    private static Path find(String path, String where, DataFiles files) {
        return files.find(LEADING_SLASHES.matcher(path).replaceFirst(""), where);
    }
}
