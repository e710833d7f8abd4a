package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
        if (anyPart(folder, ending(".csv"))) {
            return "; labels in a .csv file are not read: put the images of each class into a folder of its own, or"
                    + " write several labels an image as COCO JSON (--task multilabel)";
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
        if (anyPart(
                folder, name -> name.endsWith(".parquet") || name.endsWith(".tfrecord") || name.endsWith(".arrow"))) {
            return "; packed tables (.parquet, .arrow, .tfrecord) are not read: write the images to files";
        }
        if (has(folder, name -> name.endsWith(".zip") || name.endsWith(".tar") || name.endsWith(".tar.gz"))) {
            return "; archives are not opened: unpack them first";
        }
        return "";
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
            return false; // it is about another failure, which is told
        }
    }
}
