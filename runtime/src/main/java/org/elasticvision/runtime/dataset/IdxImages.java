package org.elasticvision.runtime.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Label;

/**
 * Small grey images with a class each, held in memory: the files of MNIST, Fashion-MNIST and their likes.
 *
 * <p>{@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte} to learn from, {@code t10k-…} to measure on; also
 * spelled {@code train-images.idx3-ubyte}, and with {@code .gz}. Immutable.
 */
public final class IdxImages {
    private final Path images;
    private final Path labels;
    private final InputSize size;
    private final byte[] levels;
    private final byte[] classes;

    private IdxImages(Path images, Path labels, IdxArray levels, IdxArray classes) {
        this.images = images;
        this.labels = labels;
        this.size = new InputSize(levels.dimensions()[1], levels.dimensions()[2]);
        this.levels = levels.values();
        this.classes = classes.values();
    }

    /**
     * Reads images and classes.
     *
     * @param data the folder of the files
     * @param split which part
     * @return the images
     * @throws DatasetException if a file is missing or damaged, or there are not as many classes as images
     */
    public static IdxImages read(Path data, Split split) {
        Path images = require(data, split, "images", 3);
        Path labels = require(data, split, "labels", 1);
        IdxArray levels = IdxArray.read(images, 3);
        IdxArray classes = IdxArray.read(labels, 1);
        if (levels.dimensions()[0] != classes.dimensions()[0]) {
            throw new DatasetException(images + ": has " + levels.dimensions()[0] + " images, but " + labels + " "
                    + classes.dimensions()[0] + " labels; the files must belong together");
        }
        if (Math.max(levels.dimensions()[1], levels.dimensions()[2]) > InputSize.MAX) {
            throw new DatasetException(images + ": has images of " + levels.dimensions()[1] + "x"
                    + levels.dimensions()[2] + " pixels; at most " + InputSize.MAX + " a side are allowed");
        }
        return new IdxImages(images, labels, levels, classes);
    }

    /**
     * {@return whether the images of that part are there}
     *
     * @param data the folder of the data set
     * @param split which part
     */
    public static boolean isIn(Path data, Split split) {
        return find(data, split, "images", 3).isPresent();
    }

    /**
     * Checks that all four files are there.
     *
     * @param data the folder of the data set
     * @throws DatasetException naming the first that is not
     */
    public static void requireAll(Path data) {
        for (Split split : Split.values()) {
            requireBoth(data, split);
        }
    }

    /**
     * Checks that both files of a part are there.
     *
     * @param data the folder of the data set
     * @param split which part
     * @throws DatasetException naming the first that is not
     */
    public static void requireBoth(Path data, Split split) {
        require(data, split, "images", 3);
        require(data, split, "labels", 1);
    }

    /** What the files of a part may be called, the usual name first. */
    private static List<String> names(Split split, String content, int rank) {
        String part =
                switch (split) {
                    case TRAINING -> "train";
                    case VALIDATION -> "t10k";
                };
        List<String> names = new ArrayList<>();
        for (String ending : List.of("", ".gz")) {
            for (String separator : List.of("-", ".")) {
                names.add(part + "-" + content + separator + "idx" + rank + "-ubyte" + ending);
            }
        }
        return names;
    }

    private static Optional<Path> find(Path data, Split split, String content, int rank) {
        return names(split, content, rank).stream()
                .map(data::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Path require(Path data, Split split, String content, int rank) {
        return find(data, split, content, rank)
                .orElseThrow(() -> new DatasetException(data + ": has no "
                        + names(split, content, rank).get(0) + " (or with .gz); put the file there"));
    }

    /** {@return the number of images} */
    public int count() {
        return classes.length;
    }

    /** {@return the size of every image} */
    public InputSize size() {
        return size;
    }

    /**
     * {@return the class of an image}
     *
     * @param index counted from 0
     */
    public int classIndex(int index) {
        return classes[index] & 0xFF;
    }

    /**
     * {@return the grey levels, three times}
     *
     * @param index counted from 0
     */
    public RgbImage image(int index) {
        int plane = size.height() * size.width();
        byte[] pixels = new byte[3 * plane];
        for (int i = 0, from = index * plane; i < plane; i++) {
            byte level = levels[from + i];
            pixels[3 * i] = level;
            pixels[3 * i + 1] = level;
            pixels[3 * i + 2] = level;
        }
        return new RgbImage(size.width(), size.height(), pixels);
    }

    /**
     * {@return an image as what a model is asked about}
     *
     * @param index counted from 0
     */
    public ImageSource source(int index) {
        return ImageSource.of(() -> image(index), name(index));
    }

    /**
     * {@return what messages call an image}
     *
     * @param index counted from 0
     */
    public String name(int index) {
        return images + ": image " + index;
    }

    /** {@return the numbers of the classes, from 0 to the largest: the files know no names} */
    public List<Label> numbers() {
        int last = IntStream.range(0, count()).map(this::classIndex).max().orElseThrow();
        return IntStream.rangeClosed(0, last)
                .mapToObj(Integer::toString)
                .map(number -> new Label(number, number))
                .toList();
    }

    /**
     * Checks that there is a label for every class.
     *
     * @param count how many
     * @throws DatasetException naming the first image of another class
     */
    public void requireClasses(int count) {
        for (int index = 0; index < classes.length; index++) {
            if (classIndex(index) >= count) {
                throw new DatasetException(labels + ": image " + index + " is of class " + classIndex(index)
                        + ", but there are " + count + " labels; give one for each class");
            }
        }
    }
}
