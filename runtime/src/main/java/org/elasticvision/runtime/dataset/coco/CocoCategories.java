package org.elasticvision.runtime.dataset.coco;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.ClassMatcher;
import org.elasticvision.runtime.dataset.layout.ClassNames;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.model.Label;

/** The categories of an annotation file: all that it lists, and those that have an object in an image that it lists. */
final class CocoCategories {
    private final Path file;
    private final List<Label> all;
    private final Set<Long> used;

    private CocoCategories(Path file, List<Label> all, Set<Long> used) {
        this.file = file;
        this.all = List.copyOf(all);
        this.used = used;
    }

    /** Checks them: ids that occur twice, and objects of categories or images that are not listed, are refused. */
    static CocoCategories of(CocoAnnotations coco, Path file) {
        if (coco.categories().isEmpty()) {
            throw new DatasetException(file + ": lists no categories; give an MSCOCO instances_*.json");
        }
        List<Label> all = new ArrayList<>();
        Set<Long> ids = new HashSet<>();
        for (CocoAnnotations.Category category : coco.categories()) {
            if (!ids.add(category.id())) {
                throw new DatasetException(file + ": category id " + category.id() + " is there twice; remove one");
            }
            try {
                all.add(new Label(Long.toString(category.id()), category.name()));
            } catch (IllegalArgumentException e) {
                throw new DatasetException(
                        file + ": category " + category.id() + ": " + e.getMessage() + "; correct the file", e);
            }
        }
        Set<Long> images = coco.images().stream().map(CocoAnnotations.Image::id).collect(Collectors.toSet());
        Set<Long> used = new HashSet<>();
        for (CocoAnnotations.Annotation annotation : coco.annotations()) {
            if (!ids.contains(annotation.category())) {
                throw new DatasetException(file + ": an annotation of image " + annotation.image() + " has category "
                        + annotation.category() + ", which 'categories' does not list; correct the file");
            }
            if (images.contains(annotation.image())) {
                used.add(annotation.category());
            }
        }
        if (used.isEmpty() && !coco.annotations().isEmpty()) {
            throw new DatasetException(
                    file + ": none of its " + coco.annotations().size()
                            + " annotations is of an image that it lists; 'image_id' must be the 'id' of one of 'images'");
        }
        return new CocoCategories(file, all, used);
    }

    private boolean isUsed(Label category) {
        return used.contains(Long.valueOf(category.id()));
    }

    private List<Label> ofObjects() {
        return all.stream().filter(this::isUsed).toList();
    }

    /** The class of every category that has an object. */
    Map<Long, Integer> classes(List<Label> labels, DatasetOptions options) {
        boolean byPlace = options.byOrder() || ClassMatcher.areNumbers(labels);
        List<Label> taken = byPlace && all.size() == labels.size() ? all : ofObjects();
        Map<Long, Integer> classes = new HashMap<>();
        if (!taken.isEmpty()) {
            int[] indices = ClassMatcher.match(taken, labels, file, ClassMatcher.Kind.CATEGORY, options);
            for (int i = 0; i < indices.length; i++) {
                classes.put(Long.valueOf(taken.get(i).id()), indices[i]);
            }
        }
        return classes;
    }

    /** Those of this file, to learn from, that have an object here or in the file to measure on. */
    List<Label> labels(CocoCategories validation, DatasetOptions options) {
        if (used.isEmpty()) {
            throw new DatasetException(
                    file + ": has no annotations, so there is nothing to learn; give those of its images");
        }
        ClassNames names = new ClassNames(all);
        Set<Integer> measured = validation.ofObjects().stream()
                .map(names::find)
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
        List<Label> kept = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        List<String> onlyMeasured = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Label category = all.get(i);
            if (isUsed(category) || measured.contains(i)) {
                kept.add(category);
            }
            if (!isUsed(category)) {
                (measured.contains(i) ? onlyMeasured : leftOut).add("'" + category.name() + "'");
            }
        }
        note(options, "categories without an object, left out (give --labels to keep them): ", leftOut);
        note(options, "categories with objects in the validation data only: ", onlyMeasured);
        requireDistinct(kept);
        return List.copyOf(kept);
    }

    private void note(DatasetOptions options, String what, List<String> categories) {
        if (!categories.isEmpty()) {
            options.notes().accept(file + ": " + what + String.join(", ", categories));
        }
    }

    private void requireDistinct(List<Label> labels) {
        Map<String, String> ids = new HashMap<>();
        for (Label label : labels) {
            String other = ids.put(label.name(), label.id());
            if (other != null) {
                throw new DatasetException(file + ": categories " + other + " and " + label.id() + " are both named '"
                        + label.name() + "'; rename one, or give all objects one of the two");
            }
        }
    }
}
