package org.elasticvision.runtime.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.DatasetException;
import org.elasticvision.runtime.model.Label;

/**
 * MSCOCO images with the classes that are in them: the {@code CocoDetection} of the published
 * {@code multilabel_classify.py}.
 *
 * <p>A category's class is the label with the category's number as id, else the label with its name, else, if there are as
 * many categories as labels and no name fits, its place in the file, which is what the published code takes. All images of
 * the file are listed, in its order, also those without annotations; annotations of images that it does not list are passed
 * over, as there. Objects marked {@code iscrowd} count like all others.
 */
public final class CocoDataset {
    private static final List<String> YEARS = List.of("2014", "2017");

    private CocoDataset() {}

    /**
     * Lists the validation images of {@code data}; see {@link #read(Path, List, Split)}.
     *
     * @param data the folder of the data set
     * @param labels in class order
     * @return the images with their labels
     */
    public static List<MultiLabelImage> read(Path data, List<Label> labels) {
        return read(data, labels, Split.VALIDATION);
    }

    /**
     * Lists the images of a folder laid out as MSCOCO is: {@code annotations/instances_val2014.json} and {@code val2014/}
     * (for training {@code train2014}), or the same with 2017. Where both are there, 2014 is taken, as by the paper.
     *
     * @param data the folder of the data set
     * @param labels the model's labels, in class order
     * @param split which part
     * @return the images with their labels
     * @throws DatasetException as {@link #read(Path, Path, List)}, and if there is no such file
     */
    public static List<MultiLabelImage> read(Path data, List<Label> labels, Split split) {
        String year = year(data, split);
        return read(annotations(data, split, year), data.resolve(split.id() + year), labels);
    }

    /**
     * {@return the categories of the annotation file that {@link #read(Path, List, Split)} would take, in its order, as
     * labels for a network that is to be trained on them: what the published code takes as class order}
     *
     * @param data the folder of the data set
     * @param split which part
     * @throws DatasetException if there is no such file, or it is damaged or lists no categories
     */
    public static List<Label> labels(Path data, Split split) {
        Path file = annotations(data, split, year(data, split));
        List<Label> labels = labels(CocoAnnotations.read(file).categories(), file);
        if (labels.isEmpty()) {
            throw new DatasetException(file + ": lists no categories; give an MSCOCO instances_*.json");
        }
        return labels;
    }

    private static Path annotations(Path data, Split split, String year) {
        return data.resolve("annotations").resolve("instances_" + split.id() + year + ".json");
    }

    private static String year(Path data, Split split) {
        DataFiles.requireFolder(data);
        for (String year : YEARS) {
            if (Files.exists(annotations(data, split, year))) {
                return year;
            }
        }
        throw new DatasetException(data + ": has no annotations/instances_" + split.id() + YEARS.get(0) + ".json (or "
                + YEARS.get(1) + "); give the folder that holds 'annotations', or use --annotations and --images");
    }

    /**
     * Lists the images of an annotation file.
     *
     * @param annotations an {@code instances_*.json}
     * @param images the folder of the image files
     * @param labels the model's labels, in class order
     * @return the images with their labels
     * @throws DatasetException if the JSON is damaged or lacks something, categories do not fit the labels, an
     *     annotation has an unknown category, or an image file is missing or outside the folder
     */
    public static List<MultiLabelImage> read(Path annotations, Path images, List<Label> labels) {
        DataFiles.requireFolder(images);
        CocoAnnotations coco = CocoAnnotations.read(annotations);
        Map<Long, Integer> classes = classes(coco.categories(), labels, annotations);
        Map<Long, MultiLabelTarget.Builder> targets = new LinkedHashMap<>();
        for (CocoAnnotations.Image image : coco.images()) {
            if (targets.put(image.id(), new MultiLabelTarget.Builder(labels.size())) != null) {
                throw new DatasetException(annotations + ": image id " + image.id() + " is there twice; remove one");
            }
        }
        if (targets.isEmpty()) {
            throw new DatasetException(annotations + ": lists no images; give an MSCOCO instances_*.json");
        }
        for (CocoAnnotations.Annotation annotation : coco.annotations()) {
            Integer classIndex = classes.get(annotation.category());
            if (classIndex == null) {
                throw new DatasetException(
                        annotations + ": an annotation of image " + annotation.image() + " has category "
                                + annotation.category() + ", which 'categories' does not list; correct the file");
            }
            MultiLabelTarget.Builder target = targets.get(annotation.image());
            if (target != null) {
                target.add(classIndex, annotation.size());
            }
        }
        return samples(coco.images(), targets, images, annotations);
    }

    private static Map<Long, Integer> classes(
            List<CocoAnnotations.Category> categories, List<Label> labels, Path annotations) {
        int[] indices = ClassMatcher.match(labels(categories, annotations), labels, annotations + ": category");
        Map<Long, Integer> classes = new HashMap<>();
        for (int i = 0; i < indices.length; i++) {
            if (classes.put(categories.get(i).id(), indices[i]) != null) {
                throw new DatasetException(
                        annotations + ": category id " + categories.get(i).id() + " is there twice; remove one");
            }
        }
        return classes;
    }

    private static List<Label> labels(List<CocoAnnotations.Category> categories, Path annotations) {
        List<Label> labels = new ArrayList<>();
        for (CocoAnnotations.Category category : categories) {
            try {
                labels.add(new Label(Long.toString(category.id()), category.name()));
            } catch (IllegalArgumentException e) {
                throw new DatasetException(
                        annotations + ": category " + category.id() + ": " + e.getMessage() + "; correct the file", e);
            }
        }
        return List.copyOf(labels);
    }

    private static List<MultiLabelImage> samples(
            List<CocoAnnotations.Image> images,
            Map<Long, MultiLabelTarget.Builder> targets,
            Path folder,
            Path annotations) {
        DataFiles files = new DataFiles(folder);
        List<MultiLabelImage> samples = new ArrayList<>();
        for (CocoAnnotations.Image image : images) {
            Path file = files.find(image.fileName(), annotations + ": image " + image.id());
            samples.add(new MultiLabelImage(file, targets.get(image.id()).build()));
        }
        files.requireAll();
        return List.copyOf(samples);
    }
}
