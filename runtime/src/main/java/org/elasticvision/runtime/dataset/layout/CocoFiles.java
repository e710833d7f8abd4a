package org.elasticvision.runtime.dataset.layout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two halves of a part of an MSCOCO data set.
 *
 * @param annotations an {@code instances_*.json}
 * @param images the folder of the images that it lists
 */
public record CocoFiles(Path annotations, Path images) {
    /** What Roboflow calls the annotations, which it puts among the images. */
    public static final String ROBOFLOW = "_annotations.coco.json";

    private static final List<String> YEARS = List.of("2014", "2017", "");

    public CocoFiles {
        Objects.requireNonNull(annotations, "annotations");
        Objects.requireNonNull(images, "images");
    }

    /**
     * Finds a part in a folder: {@code annotations/instances_val2014.json} and {@code val2014/} or {@code images/val2014/}
     * (for training {@code train2014}), the same with 2017 or without a year, or Roboflow's {@code valid/} (or {@code val/};
     * for training {@code train/}) with {@code _annotations.coco.json} in it. Where several are there, the first is taken.
     *
     * @param data the folder of the data set
     * @param split which part
     * @return what was found, whose images need not be there; empty if there are no annotations
     * @throws org.elasticvision.runtime.base.DatasetException if the folder cannot be read
     */
    public static Optional<CocoFiles> find(Path data, Split split) {
        DataFiles.requireFolder(data);
        return YEARS.stream()
                .map(year -> ofYear(data, split, year))
                .filter(files -> Files.exists(files.annotations()))
                .findFirst()
                .or(() -> PartFolder.find(data, split, part -> Files.exists(part.resolve(ROBOFLOW)))
                        .map(CocoFiles::roboflow));
    }

    /**
     * The folder itself as Roboflow lays out each of its parts, with the annotations among the images.
     *
     * @param folder such as {@code test}
     * @return empty if there are no annotations in it
     */
    public static Optional<CocoFiles> inside(Path folder) {
        return Files.exists(folder.resolve(ROBOFLOW)) ? Optional.of(roboflow(folder)) : Optional.empty();
    }

    private static CocoFiles roboflow(Path folder) {
        return new CocoFiles(folder.resolve(ROBOFLOW), folder);
    }

    /**
     * {@return the files of MSCOCO's own names, whether they are there or not}
     *
     * @param data the folder of the data set
     * @param split which part
     * @param year such as 2014; may be empty
     */
    public static CocoFiles ofYear(Path data, Split split, String year) {
        Path images = data.resolve(split.id() + year);
        Path deeper = data.resolve("images").resolve(split.id() + year);
        return new CocoFiles(
                data.resolve("annotations").resolve("instances_" + split.id() + year + ".json"),
                !Files.isDirectory(images) && Files.isDirectory(deeper) ? deeper : images);
    }

    /**
     * {@return the images to measure on that belong to these to learn from: of the same year}
     *
     * @param data the folder in which {@link #find} found these
     */
    public CocoFiles validation(Path data) {
        return YEARS.stream()
                .filter(year -> equals(ofYear(data, Split.TRAINING, year)))
                .map(year -> ofYear(data, Split.VALIDATION, year))
                .findFirst()
                .or(() -> find(data, Split.VALIDATION))
                .orElseGet(() -> roboflow(data.resolve("valid")));
    }

    /** {@return which of the two are not there} */
    public List<Path> missing() {
        return Stream.of(annotations, images)
                .filter(path -> !Files.exists(path))
                .toList();
    }
}
