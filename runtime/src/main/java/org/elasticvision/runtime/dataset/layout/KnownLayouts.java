package org.elasticvision.runtime.dataset.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.DatasetException;

/** Recognises data sets of other tools, so that a message can say what a folder is and not only what it is not. */
public final class KnownLayouts {
    private static final int LOOKED_AT = 200;
    private static final List<String> PARTS = List.of("", "train", "valid", "val", "test", "images");

    private KnownLayouts() {}

    /**
     * {@return the end of a message: what the folder looks like and what to do with it; empty if it looks like nothing that
     * is known}
     *
     * @param folder of a data set that could not be read
     */
    public static String hint(Path folder) {
        String arrangement = arrangement(folder);
        return arrangement.isEmpty() ? files(folder) : arrangement;
    }

    /**
     * {@return whether a folder is arranged as another kind of data set, so that the folders in it are not classes}
     *
     * @param folder of a data set
     */
    public static boolean isArranged(Path folder) {
        return !arrangement(folder).isEmpty();
    }

    private static String arrangement(Path folder) {
        if (isVoc(folder)) {
            return "; this looks like PASCAL VOC, which is for networks of --task segmentation and needs"
                    + " ImageSets/Segmentation/train.txt and val.txt beside SegmentationClass, or the published code's"
                    + " list/train_aug.txt and list/val.txt";
        }
        Optional<String> place = misplaced(folder);
        if (place.isPresent()) {
            return place.get();
        }
        if (has(folder.resolve("annotations"), name -> name.startsWith("instances_") && name.endsWith(".json"))
                || anyPart(folder, name -> name.equals(CocoFiles.ROBOFLOW))) {
            return "; this looks like MSCOCO's layout, which is for networks of --task multilabel";
        }
        if (has(folder, name -> name.equals("data.yaml") || name.equals("dataset.yaml"))
                || Files.isDirectory(folder.resolve("labels"))
                || PARTS.stream().anyMatch(part -> has(folder.resolve(part).resolve("labels"), ending(".txt")))) {
            return "; this looks like YOLO's text files, which are not read: export the data as COCO JSON (--task"
                    + " multilabel), or put the images of each class into a folder of its own";
        }
        if (has(folder, name -> name.equals("annotations.xml"))
                || Stream.of("Annotations", "annotations")
                        .anyMatch(part -> has(folder.resolve(part), ending(".xml")))) {
            return "; labels in .xml files (CVAT, PASCAL VOC boxes) are not read: export the data as COCO JSON (--task"
                    + " multilabel) or as masks (--task segmentation)";
        }
        if (PARTS.stream().map(folder::resolve).anyMatch(KnownLayouts::isLabelMe)) {
            return "; one .json beside each image looks like LabelMe, which is not read: export the data as COCO JSON"
                    + " (--task multilabel) or as masks (--task segmentation)";
        }
        return "";
    }

    /** Files that are not read, wherever the images are. */
    private static String files(Path folder) {
        if (anyPart(folder, ending(".csv"))) {
            return "; labels in a .csv file are not read: put the images of each class into a folder of its own, or"
                    + " write several labels an image as COCO JSON (--task multilabel)";
        }
        if (anyPart(
                folder, name -> name.endsWith(".parquet") || name.endsWith(".tfrecord") || name.endsWith(".arrow"))) {
            return "; packed tables (.parquet, .arrow, .tfrecord) are not read: write the images to files";
        }
        if (has(folder, name -> name.endsWith(".zip") || name.endsWith(".tar") || name.endsWith(".tar.gz"))) {
            return "; archives are not opened: unpack them first";
        }
        return "";
    }

    /** A data set that begins one folder above or below. */
    private static Optional<String> misplaced(Path folder) {
        Path above = folder.toAbsolutePath().normalize().getParent();
        if (above != null && PartFolder.isPart(folder.toAbsolutePath().normalize()) && hasParts(above)) {
            return Optional.of("; this is one part of a data set: give the folder above, " + above);
        }
        List<Path> inside = PartFolder.folders(folder);
        return inside.size() == 1 && (hasParts(inside.get(0)) || isVoc(inside.get(0)))
                ? Optional.of("; the data set is one folder further in: give " + inside.get(0))
                : Optional.empty();
    }

    private static boolean hasParts(Path folder) {
        try {
            return PartFolder.folders(folder).stream()
                            .filter(PartFolder::isPart)
                            .count()
                    > 1;
        } catch (DatasetException e) {
            return false; // another failure is being reported
        }
    }

    private static boolean isVoc(Path folder) {
        return Stream.of(folder, folder.resolve("VOC2012"), folder.resolve("VOCdevkit/VOC2012"))
                .anyMatch(root -> Files.isDirectory(root.resolve("JPEGImages"))
                        && Files.isDirectory(root.resolve("SegmentationClass")));
    }

    private static boolean isLabelMe(Path folder) {
        return has(
                folder,
                name -> name.endsWith(".json")
                        && Stream.of(".jpg", ".jpeg", ".png")
                                .anyMatch(end -> Files.exists(folder.resolve(name.replaceAll("[.]json$", end)))));
    }

    private static Predicate<String> ending(String end) {
        return name -> name.endsWith(end);
    }

    private static boolean anyPart(Path folder, Predicate<String> name) {
        return PARTS.stream().anyMatch(part -> has(folder.resolve(part), name));
    }

    private static boolean has(Path folder, Predicate<String> name) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.limit(LOOKED_AT)
                    .map(entry -> PartFolder.name(entry).toLowerCase(Locale.ROOT))
                    .anyMatch(name);
        } catch (IOException e) {
            return false; // another failure is being reported
        }
    }
}
