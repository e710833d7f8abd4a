package org.elasticvision.train.check.listing;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.train.check.finding.FindingKind;
import org.elasticvision.train.check.finding.Findings;
import org.elasticvision.train.check.listing.ListedImage.StatedSize;

/**
 * What an annotation file says of images and boxes, faults included: training's own reader stops at the first. The file is read twice, so
 * that its lists may come in any order and no annotation is kept.
 */
final class CocoObjects {
    /** Pixels by which boxes may reach beyond their image: tools round. */
    private static final double TOLERANCE = 1;

    private final Path file;
    private final Findings findings;
    private final List<Image> images = new ArrayList<>();
    private final List<BitSet> present = new ArrayList<>();
    private final List<Label> categories = new ArrayList<>();
    private final Map<Long, Integer> imageIndices = new HashMap<>();
    private final Map<Long, Integer> categoryIndices = new HashMap<>();
    private final BitSet used = new BitSet();
    private final Set<Long> annotated = new HashSet<>();
    /** Of the annotation that is read. */
    private int place;

    /** A listed image. */
    record Image(String fileName, Optional<StatedSize> size) {}

    private CocoObjects(Path file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /**
     * Reads a file.
     *
     * @throws DatasetException if it is damaged
     */
    static CocoObjects read(Path file, Findings findings) {
        CocoObjects objects = new CocoObjects(file, findings);
        objects.walk("images", objects::image);
        objects.walk("categories", objects::category);
        objects.walk("annotations", objects::annotation);
        objects.imageIndices.forEach((id, index) -> {
            if (!objects.annotated.contains(id)) {
                findings.add(
                        FindingKind.NO_ANNOTATION, objects.images.get(index).fileName(), "");
            }
        });
        return objects;
    }

    /** What is done with one element of a list. */
    private interface Take {
        void accept(JsonReader json) throws IOException;
    }

    private void walk(String list, Take take) {
        try (JsonReader json = new JsonReader(Files.newBufferedReader(file))) {
            json.setStrictness(Strictness.LENIENT); // NaN, as Python writes it
            json.beginObject();
            while (json.hasNext()) {
                if (!json.nextName().equals(list)) {
                    json.skipValue();
                    continue;
                }
                json.beginArray();
                while (json.hasNext()) {
                    take.accept(json);
                }
                json.endArray();
            }
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            String reason = String.valueOf(e.getMessage())
                    .lines()
                    .findFirst()
                    .orElse("unknown"); // Gson's goes on with an address
            throw new DatasetException(file + ": cannot be read as annotations: " + reason + "; correct the file", e);
        }
    }

    private void image(JsonReader json) throws IOException {
        long id = -1;
        String name = "";
        double width = 0;
        double height = 0;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "id" -> id = (long) json.nextDouble();
                case "file_name" -> name = json.nextString();
                case "width" -> width = number(json);
                case "height" -> height = number(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        imageIndices.put(id, images.size());
        images.add(new Image(
                name,
                width > 0 && height > 0 ? Optional.of(new StatedSize((long) width, (long) height)) : Optional.empty()));
        present.add(new BitSet());
    }

    private void category(JsonReader json) throws IOException {
        long id = -1;
        String name = "";
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "id" -> id = (long) json.nextDouble();
                case "name" -> name = json.nextString();
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (!name.isBlank()) {
            categoryIndices.put(id, categories.size());
            categories.add(new Label(Long.toString(id), name.replaceAll("[\t\n]", " ")));
        }
    }

    private void annotation(JsonReader json) throws IOException {
        long image = -1;
        long category = -1;
        List<Double> box = List.of();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "image_id" -> image = (long) json.nextDouble();
                case "category_id" -> category = (long) json.nextDouble();
                case "bbox" -> box = box(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        String where = file + ": annotations[" + place++ + "]";
        Integer categoryIndex = categoryIndices.get(category);
        Integer imageIndex = imageIndices.get(image);
        if (categoryIndex == null) {
            findings.add(FindingKind.UNKNOWN_CATEGORY, where, "category " + category);
        }
        if (imageIndex == null) {
            findings.add(FindingKind.UNKNOWN_IMAGE, where, "image " + image);
            return;
        }
        annotated.add(image);
        if (categoryIndex != null) {
            present.get(imageIndex).set(categoryIndex);
            used.set(categoryIndex);
        }
        if (box.size() == 4) {
            check(box, images.get(imageIndex), where);
        }
    }

    private void check(List<Double> box, Image image, String where) {
        double x = box.get(0);
        double y = box.get(1);
        double width = box.get(2);
        double height = box.get(3);
        if (!(width > 0 && height > 0)) {
            findings.add(FindingKind.NO_BOX_AREA, where, "bbox " + box + " of " + image.fileName());
            return;
        }
        boolean isOutside = x < -TOLERANCE
                || y < -TOLERANCE
                || image.size()
                        .filter(size -> x + width > size.width() + TOLERANCE || y + height > size.height() + TOLERANCE)
                        .isPresent();
        if (isOutside) {
            String size = image.size()
                    .map(stated -> ", which is " + stated.width() + "x" + stated.height())
                    .orElse("");
            findings.add(FindingKind.BOX_OUTSIDE, where, "bbox " + box + " of " + image.fileName() + size);
        }
    }

    private static List<Double> box(JsonReader json) throws IOException {
        List<Double> values = new ArrayList<>();
        if (json.peek() != JsonToken.BEGIN_ARRAY) {
            json.skipValue();
            return values;
        }
        json.beginArray();
        while (json.hasNext()) {
            values.add(number(json));
        }
        json.endArray();
        return values;
    }

    /** NaN for what is not a number. */
    private static double number(JsonReader json) throws IOException {
        if (json.peek() == JsonToken.NUMBER || json.peek() == JsonToken.STRING) {
            return json.nextDouble();
        }
        json.skipValue();
        return Double.NaN;
    }

    List<Image> images() {
        return images;
    }

    /** As labels, in the order of the file. */
    List<Label> categories() {
        return categories;
    }

    /** {@return whether a listed image has an object of a category} */
    boolean isUsed(int category) {
        return used.get(category);
    }

    /** {@return the indices of the categories that an image has} */
    List<Integer> categoriesOf(int image) {
        return present.get(image).stream().boxed().toList();
    }
}
