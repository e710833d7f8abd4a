package org.elasticvision.train.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.ClassifiedImages;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.dataset.ImageFolder;
import org.elasticvision.runtime.dataset.Masks;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.dataset.VocSegmentation;
import org.elasticvision.runtime.dataset.coco.CocoDataset;
import org.elasticvision.runtime.dataset.coco.MultiLabelImage;
import org.elasticvision.runtime.dataset.layout.ClassMatcher;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.dataset.layout.DataFiles;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.dataset.layout.KnownLayouts;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.layout.DataParts;
import org.elasticvision.train.data.layout.Learnable;
import org.elasticvision.train.data.transform.Augmentation;

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
 * @param coco annotations and images of {@link Layout#COCO}, to learn from and to measure on; else empty
 * @param options how classes are paired with labels, and who receives a note of what was skipped
 * @param heldOut which of the training images are the part to measure on; empty where the data set has such a part
 */
public record DatasetFolder(
        Path folder, Layout layout, List<CocoFiles> coco, DatasetOptions options, Optional<HeldOut> heldOut) {
    /** How a data set lies in its folder. */
    public enum Layout {
        /** {@code train-images-idx3-ubyte} and so on: {@link IdxImages}. */
        IDX,
        /** {@code train/CLASS/*.jpg} and {@code val/CLASS/*.jpg} (or {@code valid}), or {@code CLASS/*.jpg} alone: {@link ImageFolder}. */
        FOLDER_PER_CLASS,
        /**
         * {@code annotations/instances_train2014.json}, {@code train2014/} and the same with val, or what else {@link
         * CocoFiles#find} knows: {@link CocoDataset}.
         */
        COCO,
        /**
         * {@code VOC2012/list/train_aug.txt} and {@code val.txt}, or {@code VOC2012/ImageSets/Segmentation/train.txt} and {@code
         * val.txt}: {@link VocSegmentation}.
         */
        VOC
    }

    public DatasetFolder {
        coco = List.copyOf(coco);
        options = options.forTraining();
        if (coco.size() != (layout == Layout.COCO ? 2 : 0)) {
            throw new IllegalArgumentException(coco.size() + " parts of MSCOCO for the layout " + layout);
        }
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
        return detect(task, folder, DatasetOptions.defaults());
    }

    /**
     * A data set with a part to measure on.
     *
     * @param folder what the person gave
     * @param layout how the data lies in it
     * @param coco as above
     * @param options as above
     */
    public DatasetFolder(Path folder, Layout layout, List<CocoFiles> coco, DatasetOptions options) {
        this(folder, layout, coco, options, Optional.empty());
    }

    /**
     * Finds out which layout a folder has.
     *
     * @param task what the network is for
     * @param folder the folder
     * @param options how classes are paired with labels
     * @return the data set
     * @throws DatasetException if it has none that fits the task; the message says what was looked for
     */
    public static DatasetFolder detect(Task task, Path folder, DatasetOptions options) {
        DataFiles.requireFolder(folder);
        return switch (task) {
            case CLASSIFICATION -> classification(folder, options);
            case MULTI_LABEL -> {
                CocoFiles training = CocoFiles.find(folder, Split.TRAINING)
                        .orElseGet(() -> CocoFiles.ofYear(folder, Split.TRAINING, "2014"));
                yield coco(folder, training, training.validation(folder), options);
            }
            case SEGMENTATION -> {
                List<String> missing = Stream.of(Split.values())
                        .filter(split -> VocSegmentation.list(folder, split).isEmpty())
                        .map(split -> vocList(folder, split))
                        .toList();
                require(folder, Layout.VOC, missing);
                yield new DatasetFolder(folder, Layout.VOC, List.of(), options);
            }
        };
    }

    /**
     * {@return the folders whose folders are the classes, in which anything else with pictures would be a class too}
     *
     * @throws DatasetException if they cannot be told
     */
    public List<Path> foldersOfClasses() {
        if (layout != Layout.FOLDER_PER_CLASS) {
            return List.of();
        }
        List<Path> parts = Stream.of(Split.values())
                .flatMap(split -> ImageFolder.part(folder, split).stream())
                .toList();
        return parts.isEmpty() ? List.of(folder) : parts;
    }

    /** The list that is looked for where there is neither form of it: of the form that the folder is nearer to. */
    private static String vocList(Path folder, Split split) {
        Path root = VocSegmentation.root(folder);
        boolean isPublished = Files.isDirectory(root.resolve("list"));
        String name =
                switch (split) {
                    case TRAINING -> isPublished ? "train_aug.txt" : "train.txt";
                    case VALIDATION -> "val.txt";
                };
        Path lists =
                isPublished ? root.resolve("list") : root.resolve("ImageSets").resolve("Segmentation");
        return folder.relativize(lists.resolve(name)).toString();
    }

    /**
     * A data set without a part to measure on, of whose images to learn from a share is held out for that.
     *
     * @param task what the network is for
     * @param folder the folder
     * @param options how classes are paired with labels
     * @param heldOut how much and which
     * @return the data set
     * @throws DatasetException if it has no part to learn from, or has one to measure on
     */
    public static DatasetFolder detect(Task task, Path folder, DatasetOptions options, HeldOut heldOut) {
        if (!DataParts.has(task, folder, Split.TRAINING)) {
            return detect(task, folder, options); // which says what is missing
        }
        if (DataParts.has(task, folder, Split.VALIDATION)) {
            throw new DatasetException(folder + ": has validation images of its own; leave --val-split out");
        }
        Optional<HeldOut> held = Optional.of(heldOut);
        return switch (task) {
            case CLASSIFICATION -> {
                if (IdxImages.isIn(folder, Split.TRAINING)) {
                    IdxImages.requireBoth(folder, Split.TRAINING);
                    yield new DatasetFolder(folder, Layout.IDX, List.of(), options, held);
                }
                yield new DatasetFolder(folder, Layout.FOLDER_PER_CLASS, List.of(), options, held);
            }
            case MULTI_LABEL -> {
                CocoFiles training = CocoFiles.find(folder, Split.TRAINING).orElseThrow();
                require(
                        folder,
                        Layout.COCO,
                        training.missing().stream()
                                .map(path -> folder.relativize(path).toString())
                                .toList());
                yield new DatasetFolder(folder, Layout.COCO, List.of(training, training), options, held);
            }
            case SEGMENTATION -> new DatasetFolder(folder, Layout.VOC, List.of(), options, held);
        };
    }

    /**
     * {@return whether a share of the images must be held out to measure on: there are images to learn from, and no others}
     *
     * @param task what the network is for
     * @param folder the folder
     * @throws DatasetException if it cannot be read
     */
    public static boolean lacksValidation(Task task, Path folder) {
        return DataParts.has(task, folder, Split.TRAINING) && !DataParts.has(task, folder, Split.VALIDATION);
    }

    /**
     * {@return the task that a folder is laid out for; classification where it is laid out for none or for that too}
     *
     * @param folder the folder
     * @throws DatasetException if it cannot be read
     */
    public static Task task(Path folder) {
        DataFiles.requireFolder(folder);
        return DataParts.task(folder);
    }

    /**
     * MSCOCO in two parts, wherever they lie.
     *
     * @param training to learn from
     * @param validation to measure on
     * @param options how categories are paired with labels
     * @return the data set
     */
    public static DatasetFolder coco(CocoFiles training, CocoFiles validation, DatasetOptions options) {
        return new DatasetFolder(training.annotations(), Layout.COCO, List.of(training, validation), options);
    }

    private static DatasetFolder coco(Path folder, CocoFiles training, CocoFiles validation, DatasetOptions options) {
        List<String> missing = Stream.concat(training.missing().stream(), validation.missing().stream())
                .map(path -> folder.relativize(path).toString())
                .toList();
        require(folder, Layout.COCO, missing);
        return new DatasetFolder(folder, Layout.COCO, List.of(training, validation), options);
    }

    private static DatasetFolder classification(Path folder, DatasetOptions options) {
        if (IdxImages.isIn(folder, Split.TRAINING) || IdxImages.isIn(folder, Split.VALIDATION)) {
            IdxImages.requireAll(folder);
            return new DatasetFolder(folder, Layout.IDX, List.of(), options);
        }
        List<String> missing = Stream.of(Split.TRAINING, Split.VALIDATION)
                .filter(split -> ImageFolder.part(folder, split).isEmpty())
                .map(Split::id)
                .map(part -> Files.isDirectory(folder.resolve(part)) ? "folder for each class in " + part : part)
                .toList();
        require(folder, Layout.FOLDER_PER_CLASS, missing);
        return new DatasetFolder(folder, Layout.FOLDER_PER_CLASS, List.of(), options);
    }

    private static void require(Path folder, Layout layout, List<String> missing) {
        if (!missing.isEmpty()) {
            throw new DatasetException(folder + ": has no " + String.join(", no ", missing) + "; expected "
                    + expected(layout) + ", so complete it or give another folder" + KnownLayouts.hint(folder));
        }
    }

    private static String expected(Layout layout) {
        return switch (layout) {
            case IDX, FOLDER_PER_CLASS ->
                "for classification train/CLASS/*.jpg and val/CLASS/*.jpg with a folder per class (val may be valid),"
                        + " CLASS/*.jpg alone, or "
                        + "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and "
                        + "t10k-labels-idx1-ubyte (also with .gz)";
            case COCO ->
                "for multilabel annotations/instances_train2014.json, train2014/*.jpg, "
                        + "annotations/instances_val2014.json and val2014/*.jpg (or with 2017), or Roboflow's"
                        + " train/_annotations.coco.json and valid/_annotations.coco.json";
            case VOC ->
                "for segmentation VOC2012/ImageSets/Segmentation/train.txt and val.txt with a line NAME for each image, or"
                        + " VOC2012/list/train_aug.txt and val.txt with a line '/JPEGImages/NAME.jpg /MASKS/NAME.png'";
        };
    }

    /**
     * {@return the classes, in the order in which a network learns them: the class folders with images or the categories
     * with objects of the part to learn from; for the other layouts the lines of {@code labels.txt} in the folder where there is one, else the
     * numbers (IDX) or the 21 PASCAL VOC classes}
     *
     * @throws DatasetException if they cannot be read
     */
    public List<Label> labels() {
        return switch (layout) {
            case FOLDER_PER_CLASS -> ImageFolder.labels(folder, Split.TRAINING);
            case COCO -> CocoDataset.labels(coco.get(0), coco.get(1), options);
            case IDX ->
                ClassMatcher.ownLabels(folder)
                        .orElseGet(() -> IdxImages.read(folder, Split.TRAINING).numbers());
            case VOC -> ClassMatcher.ownLabels(VocSegmentation.root(folder)).orElseGet(this::classesOfMasks);
        };
    }

    private List<Label> classesOfMasks() {
        List<Label> pascal = Labels.pascalVoc21();
        int classes = Masks.classes(VocSegmentation.read(folder, Split.TRAINING), pascal.size());
        // Of masks without any class the message says more than that one class is too few.
        return classes == pascal.size() ? pascal : Labels.numbered(Math.max(2, classes));
    }

    /** {@return the size that all images have, where the layout says so: of IDX files} */
    public Optional<InputSize> imageSize() {
        return layout == Layout.IDX
                ? Optional.of(IdxImages.read(folder, measured()).size())
                : Optional.empty();
    }

    /** The part of the files that the images to measure on are in. */
    private Split measured() {
        return heldOut.isPresent() ? Split.TRAINING : Split.VALIDATION;
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
     * @param preprocessing from an image to the input of the network; where it does not say which view of photos the network
     *     learns from, the upright one
     * @param augmentation how the images are varied
     * @throws DatasetException if something is missing, damaged or of no known class, or there is nothing to learn because
     *     all images have one answer
     */
    public TrainingData training(List<Label> labels, Preprocessing preprocessing, Augmentation augmentation) {
        TrainingData all = all(labels, preprocessing, augmentation);
        return heldOut.map(held -> held.training(all)).orElse(all);
    }

    private TrainingData all(List<Label> labels, Preprocessing preprocessing, Augmentation augmentation) {
        Learnable learnable = new Learnable(folder, labels);
        return switch (layout) {
            case IDX -> {
                IdxImages images = IdxImages.read(folder, Split.TRAINING);
                images.requireClasses(labels.size());
                learnable.requireSeveralClasses(
                        IntStream.range(0, images.count()).map(images::classIndex), options);
                yield new IdxData(images, labels.size(), preprocessing, Optional.of(augmentation));
            }
            case FOLDER_PER_CLASS -> {
                ClassifiedImages images = ImageFolder.read(folder, labels, Split.TRAINING, options);
                learnable.requireSeveralClasses(
                        IntStream.range(0, images.size()).map(images::classIndex), options);
                yield new ClassificationData(images, preprocessing, Optional.of(augmentation));
            }
            case COCO -> {
                List<MultiLabelImage> images = CocoDataset.read(coco.get(0), labels, options);
                learnable.requireDifferences(images);
                yield new MultiLabelData(images, preprocessing, Optional.of(augmentation));
            }
            case VOC -> {
                learnable.requireClassesOfMasks();
                yield masks(Split.TRAINING, labels, preprocessing, Optional.of(augmentation));
            }
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
        TrainingData measured = measured(labels, preprocessing);
        return heldOut.map(held -> held.validation(measured)).orElse(measured);
    }

    private TrainingData measured(List<Label> labels, Preprocessing preprocessing) {
        Optional<Augmentation> none = Optional.empty();
        return switch (layout) {
            case IDX -> new IdxData(IdxImages.read(folder, measured()), labels.size(), preprocessing, none);
            case FOLDER_PER_CLASS ->
                new ClassificationData(ImageFolder.read(folder, labels, measured(), options), preprocessing, none);
            case COCO -> new MultiLabelData(CocoDataset.read(coco.get(1), labels, options), preprocessing, none);
            case VOC -> masks(measured(), labels, preprocessing, none);
        };
    }

    private TrainingData masks(
            Split split, List<Label> labels, Preprocessing preprocessing, Optional<Augmentation> augmentation) {
        List<SegmentedImage> images = VocSegmentation.read(folder, split);
        Masks.requireObjects(images);
        return new SegmentationData(images, labels.size(), preprocessing, augmentation);
    }
}
