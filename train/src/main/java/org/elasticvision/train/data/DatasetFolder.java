package org.elasticvision.train.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.DatasetException;
import org.elasticvision.runtime.dataset.CocoDataset;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.dataset.ImageFolder;
import org.elasticvision.runtime.dataset.Split;
import org.elasticvision.runtime.dataset.VocSegmentation;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;

/**
 * A folder with a part to learn from and a part to measure on, in a layout that is known.
 *
 * <pre>{@code
 * DatasetFolder data = DatasetFolder.detect(Task.CLASSIFICATION, Path.of("photos"));
 * Preprocessing input = Preprocessing.published(Task.CLASSIFICATION, 224, 224);
 * TrainingData training = data.training(data.labels(), input, data.usualAugmentation());
 * }</pre>
 *
 * @param folder what the person gave
 * @param layout how the data lies in it
 */
public record DatasetFolder(Path folder, Layout layout) {
    /** Where the names of the classes stand if the layout itself does not know them. */
    private static final String LABELS = "labels.txt";

    /** How a data set lies in its folder. */
    public enum Layout {
        /** {@code train-images-idx3-ubyte} and so on: {@link IdxImages}. */
        IDX,
        /** {@code train/CLASS/*.jpg} and {@code val/CLASS/*.jpg}: {@link ImageFolder}. */
        FOLDER_PER_CLASS,
        /** {@code annotations/instances_train2014.json}, {@code train2014/} and the same with val: {@link CocoDataset}. */
        COCO,
        /** {@code VOC2012/list/train_aug.txt} and {@code val.txt}: {@link VocSegmentation}. */
        VOC
    }

    /**
     * Finds out which layout a folder has.
     *
     * @param task what the network is for
     * @param folder the folder
     * @return the data set
     * @throws DatasetException if it has none that fits the task; the message says what was looked for
     */
    public static DatasetFolder detect(Task task, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder + (Files.exists(folder) ? " is not a folder" : " does not exist")
                    + "; give the folder of the data set");
        }
        return switch (task) {
            case CLASSIFICATION -> classification(folder);
            case MULTI_LABEL -> require(folder, Layout.COCO, cocoYear(folder));
            case SEGMENTATION -> {
                Path lists = voc(folder).resolve("list");
                List<Path> needed = List.of(lists.resolve("train_aug.txt"), lists.resolve("val.txt"));
                yield require(folder, Layout.VOC, needed);
            }
        };
    }

    private static DatasetFolder classification(Path folder) {
        if (IdxImages.isIn(folder, Split.TRAINING) || IdxImages.isIn(folder, Split.VALIDATION)) {
            IdxImages.requireAll(folder);
            return new DatasetFolder(folder, Layout.IDX);
        }
        return require(folder, Layout.FOLDER_PER_CLASS, List.of(folder.resolve("train"), folder.resolve("val")));
    }

    private static List<Path> cocoYear(Path folder) {
        for (String year : List.of("2014", "2017")) {
            if (Files.exists(folder.resolve("annotations").resolve("instances_train" + year + ".json"))) {
                return coco(folder, year);
            }
        }
        return coco(folder, "2014");
    }

    private static List<Path> coco(Path folder, String year) {
        Path annotations = folder.resolve("annotations");
        return List.of(
                annotations.resolve("instances_train" + year + ".json"),
                folder.resolve("train" + year),
                annotations.resolve("instances_val" + year + ".json"),
                folder.resolve("val" + year));
    }

    private static Path voc(Path folder) {
        Path inside = folder.resolve("VOC2012");
        return Files.isDirectory(inside) ? inside : folder;
    }

    private static DatasetFolder require(Path folder, Layout layout, List<Path> needed) {
        List<String> missing = needed.stream()
                .filter(path -> !Files.exists(path))
                .map(path -> folder.relativize(path).toString())
                .toList();
        if (!missing.isEmpty()) {
            throw new DatasetException(folder + ": has no " + String.join(", no ", missing) + "; expected "
                    + expected(layout) + ", so complete it or give another folder");
        }
        return new DatasetFolder(folder, layout);
    }

    private static String expected(Layout layout) {
        return switch (layout) {
            case IDX, FOLDER_PER_CLASS ->
                "for classification train/CLASS/*.jpg and val/CLASS/*.jpg with a folder per class, or "
                        + "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and "
                        + "t10k-labels-idx1-ubyte (also with .gz)";
            case COCO ->
                "for multilabel annotations/instances_train2014.json, train2014/*.jpg, "
                        + "annotations/instances_val2014.json and val2014/*.jpg (or with 2017)";
            case VOC ->
                "for segmentation VOC2012/list/train_aug.txt and VOC2012/list/val.txt with a line "
                        + "'/JPEGImages/NAME.jpg /MASKS/NAME.png' for each image";
        };
    }

    /**
     * {@return the classes, in the order in which a network learns them: the class folders or categories of the part to
     * learn from; for the other layouts the lines of {@code labels.txt} in the folder where there is one, else the
     * numbers (IDX) or the 21 PASCAL VOC classes}
     *
     * @throws DatasetException if they cannot be read
     */
    public List<Label> labels() {
        return switch (layout) {
            case FOLDER_PER_CLASS -> ImageFolder.labels(folder, Split.TRAINING);
            case COCO -> CocoDataset.labels(folder, Split.TRAINING);
            case IDX ->
                ownLabels(folder)
                        .orElseGet(() -> IdxImages.read(folder, Split.TRAINING).numbers());
            case VOC -> ownLabels(voc(folder)).orElseGet(Labels::pascalVoc21);
        };
    }

    private static Optional<List<Label>> ownLabels(Path root) {
        Path file = root.resolve(LABELS);
        return Files.exists(file) ? Optional.of(Labels.read(file)) : Optional.empty();
    }

    /** {@return the size that all images have, where the layout says so: of IDX files} */
    public Optional<InputSize> imageSize() {
        return layout == Layout.IDX
                ? Optional.of(IdxImages.read(folder, Split.VALIDATION).size())
                : Optional.empty();
    }

    /** {@return what to vary if nobody says otherwise} */
    public Augmentation usualAugmentation() {
        return imageSize()
                .map(size -> Augmentation.forSmall(Math.max(size.height(), size.width())))
                .orElseGet(Augmentation::published);
    }

    /**
     * {@return the part to learn from}
     *
     * @param labels in class order
     * @param preprocessing from an image to the input of the network
     * @param augmentation how the images are varied
     * @throws DatasetException if something is missing, damaged or of no known class
     */
    public TrainingData training(List<Label> labels, Preprocessing preprocessing, Augmentation augmentation) {
        int classes = labels.size();
        Split split = Split.TRAINING;
        return switch (layout) {
            case IDX -> IdxData.training(IdxImages.read(folder, split), classes, preprocessing, augmentation);
            case FOLDER_PER_CLASS ->
                ClassificationData.training(ImageFolder.read(folder, labels, split), preprocessing, augmentation);
            case COCO -> MultiLabelData.training(CocoDataset.read(folder, labels, split), preprocessing, augmentation);
            case VOC ->
                SegmentationData.training(VocSegmentation.read(folder, split), classes, preprocessing, augmentation);
        };
    }

    /**
     * {@return the part to measure on}
     *
     * @param labels in class order
     * @param preprocessing from an image to the input of the network
     * @throws DatasetException if something is missing, damaged or of no known class
     */
    public TrainingData validation(List<Label> labels, Preprocessing preprocessing) {
        int classes = labels.size();
        Split split = Split.VALIDATION;
        return switch (layout) {
            case IDX -> IdxData.validation(IdxImages.read(folder, split), classes, preprocessing);
            case FOLDER_PER_CLASS ->
                ClassificationData.validation(ImageFolder.read(folder, labels, split), preprocessing);
            case COCO -> MultiLabelData.validation(CocoDataset.read(folder, labels, split), preprocessing);
            case VOC -> SegmentationData.validation(VocSegmentation.read(folder, split), classes, preprocessing);
        };
    }
}
