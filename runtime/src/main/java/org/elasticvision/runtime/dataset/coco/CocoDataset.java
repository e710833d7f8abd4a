package org.elasticvision.runtime.dataset.coco;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.dataset.layout.DataFiles;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.dataset.layout.KnownLayouts;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.model.Label;

/**
 * MSCOCO images with the classes that are in them: the {@code CocoDetection} of the published
 * {@code multilabel_classify.py}.
 *
 * <p>A category's class is the label with its name; of several such the one with its number as id. A number alone decides
 * nothing: two files of one data set may count their categories differently. By their place in the file, which is what the
 * published code takes, categories go only where {@link DatasetOptions#byOrder} says so, or the labels are mere numbers.
 * Categories of no object are passed over. All images of the file are listed, in its order, also those without annotations;
 * annotations of images that it does not list are passed over, as there. Objects marked {@code iscrowd} count like all
 * others. Where an object's {@code area} is not written down, that of its segmentation or box is taken.
 */
public final class CocoDataset {
    private CocoDataset() {}

    /**
     * Lists the validation images of {@code data}; see {@link #read(Path, List, DatasetOptions)}.
     *
     * @param data the folder of the data set
     * @param labels in class order
     * @return the images with their labels
     */
    public static List<MultiLabelImage> read(Path data, List<Label> labels) {
        return read(data, labels, DatasetOptions.defaults());
    }

    /**
     * Lists the validation images that {@link CocoFiles#find} finds in a folder, else those of Roboflow's annotations in the
     * folder itself.
     *
     * @param data the folder of the data set
     * @param labels the model's labels, in class order
     * @param options how categories are paired with labels
     * @return the images with their labels
     * @throws DatasetException as {@link #read(CocoFiles, List, DatasetOptions)}, and if there are no annotations
     */
    public static List<MultiLabelImage> read(Path data, List<Label> labels, DatasetOptions options) {
        CocoFiles files = CocoFiles.find(data, Split.VALIDATION)
                .or(() -> CocoFiles.inside(data))
                .orElseThrow(
                        () -> new DatasetException(data + ": has no annotations/instances_val2014.json (or 2017), no "
                                + "valid/" + CocoFiles.ROBOFLOW + "; give the folder that holds 'annotations', or use"
                                + " --annotations and --images" + KnownLayouts.hint(data)));
        return read(files, labels, options);
    }

    /**
     * {@return the categories for a network that is to be trained on them, as labels in the order of the first file: those
     * that have an object in one of the two parts}
     *
     * @param training to learn from; its order is what the published code takes as class order
     * @param validation to measure on
     * @param options receives a note of categories that no object has
     * @throws DatasetException if a file is missing or damaged, lists no categories, or two with an object of one name
     */
    public static List<Label> labels(CocoFiles training, CocoFiles validation, DatasetOptions options) {
        return categories(training).labels(categories(validation), options);
    }

    private static CocoCategories categories(CocoFiles files) {
        return CocoCategories.of(CocoAnnotations.read(files.annotations()), files.annotations());
    }

    /**
     * Lists the images of an annotation file; see {@link #read(CocoFiles, List, DatasetOptions)}.
     *
     * @param annotations an {@code instances_*.json}
     * @param images the folder of the image files
     * @param labels the model's labels, in class order
     * @return the images with their labels
     */
    public static List<MultiLabelImage> read(Path annotations, Path images, List<Label> labels) {
        return read(new CocoFiles(annotations, images), labels, DatasetOptions.defaults());
    }

    /**
     * Lists the images of an annotation file.
     *
     * @param files annotations and images
     * @param labels the model's labels, in class order
     * @param options how categories are paired with labels
     * @return the images with their labels
     * @throws DatasetException if the JSON is damaged or lacks something, categories do not fit the labels, an
     *     annotation has an unknown category, all of them are of other images, or an image file is missing or outside the
     *     folder
     */
    public static List<MultiLabelImage> read(CocoFiles files, List<Label> labels, DatasetOptions options) {
        Path annotations = files.annotations();
        DataFiles.requireFolder(files.images());
        CocoAnnotations coco = CocoAnnotations.read(annotations);
        Map<Long, MultiLabelTarget.Builder> targets = new LinkedHashMap<>();
        for (CocoAnnotations.Image image : coco.images()) {
            if (targets.put(image.id(), new MultiLabelTarget.Builder(labels.size())) != null) {
                throw new DatasetException(annotations + ": image id " + image.id() + " is there twice; remove one");
            }
        }
        if (targets.isEmpty()) {
            throw new DatasetException(annotations + ": lists no images; give an MSCOCO instances_*.json");
        }
        Map<Long, Integer> classes = CocoCategories.of(coco, annotations).classes(labels, options);
        for (CocoAnnotations.Annotation annotation : coco.annotations()) {
            MultiLabelTarget.Builder target = targets.get(annotation.image());
            if (target != null) {
                int classIndex = classes.get(annotation.category());
                annotation
                        .size()
                        .ifPresentOrElse(
                                size -> target.add(classIndex, size), () -> target.addOfUnknownSize(classIndex));
            }
        }
        return samples(coco.images(), targets, files);
    }

    private static List<MultiLabelImage> samples(
            List<CocoAnnotations.Image> images, Map<Long, MultiLabelTarget.Builder> targets, CocoFiles of) {
        DataFiles files = new DataFiles(of.images());
        List<MultiLabelImage> samples = new ArrayList<>();
        for (CocoAnnotations.Image image : images) {
            // Windows tools write backslashes, which are part of a name elsewhere.
            String name = image.fileName().replace('\\', '/');
            Path file = files.find(name, of.annotations() + ": image " + image.id());
            samples.add(new MultiLabelImage(file, targets.get(image.id()).build()));
        }
        files.requireAll();
        return List.copyOf(samples);
    }
}
