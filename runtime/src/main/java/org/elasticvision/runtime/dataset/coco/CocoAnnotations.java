package org.elasticvision.runtime.dataset.coco;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.elasticvision.runtime.base.DatasetException;

/**
 * What an MSCOCO {@code instances_*.json} says of images, categories and sizes, in file order. The file, 150 MB of outlines
 * for the most part, goes by in a stream; the outlines are not kept. They are looked at, in a second reading, only where an
 * object's area is not written down.
 */
record CocoAnnotations(List<Image> images, List<Category> categories, List<Annotation> annotations) {
    private static final Pattern ADVICE = Pattern.compile("^Use JsonReader.* to accept malformed JSON ");
    private static final String REMEDY = "; give an MSCOCO instances_*.json";

    /** An image of the data set. */
    record Image(long id, String fileName) {
        private static final Set<String> FIELDS = Set.of("id", "file_name");

        private static Image of(CocoElement element) {
            return new Image(element.whole("id"), element.text("file_name"));
        }
    }

    /** A kind of object; ids need not be consecutive. */
    record Category(long id, String name) {
        private static final Set<String> FIELDS = Set.of("id", "name");

        private static Category of(CocoElement element) {
            return new Category(element.whole("id"), element.text("name"));
        }
    }

    /** An object in an image; its size is empty where the file says neither area nor outline. */
    record Annotation(long image, long category, Optional<ObjectSize> size) {
        private static final Set<String> FIELDS = Set.of("image_id", "category_id", "area");

        private static Annotation of(CocoElement element) {
            OptionalDouble area = element.area("area");
            Optional<ObjectSize> size =
                    area.isPresent() ? Optional.of(ObjectSize.of(area.getAsDouble())) : Optional.empty();
            return new Annotation(element.whole("image_id"), element.whole("category_id"), size);
        }
    }

    /**
     * Reads a file.
     *
     * @throws DatasetException if it is missing, damaged or of another kind
     */
    static CocoAnnotations read(Path file) {
        CocoAnnotations coco = read(file, false);
        boolean complete = coco.annotations().stream()
                .allMatch(annotation -> annotation.size().isPresent());
        return complete ? coco : read(file, true);
    }

    private static CocoAnnotations read(Path file, boolean outlines) {
        try (JsonReader json = new JsonReader(Files.newBufferedReader(file))) {
            json.setStrictness(Strictness.STRICT);
            return read(json, file, outlines);
        } catch (NoSuchFileException e) {
            throw new DatasetException(file + " does not exist" + REMEDY, e);
        } catch (IOException e) {
            throw new DatasetException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static CocoAnnotations read(JsonReader json, Path file, boolean outlines) {
        try {
            List<Image> images = null;
            List<Category> categories = null;
            List<Annotation> annotations = null;
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                String where = file + ": " + name;
                switch (name) {
                    case "images" -> images = list(json, where, Image.FIELDS, false, Image::of);
                    case "categories" -> categories = list(json, where, Category.FIELDS, false, Category::of);
                    case "annotations" -> annotations = list(json, where, Annotation.FIELDS, outlines, Annotation::of);
                    default -> json.skipValue();
                }
            }
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalStateException("more text after the end");
            }
            if (images == null || categories == null || annotations == null) {
                throw new DatasetException(file + ": has no 'images', 'annotations' or 'categories'" + REMEDY);
            }
            return new CocoAnnotations(images, categories, annotations);
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new DatasetException(file + ": damaged JSON (" + reason(e) + "); copy the file again", e);
        }
    }

    /** Gson's own words begin with advice on how to call it. */
    private static String reason(Exception e) {
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
        return ADVICE.matcher(first).replaceFirst("neither text, number nor bracket ");
    }

    private static <T> List<T> list(
            JsonReader json, String where, Set<String> fields, boolean outlines, Function<CocoElement, T> constructor)
            throws IOException {
        List<T> list = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            list.add(constructor.apply(CocoElement.read(json, where + "[" + list.size() + "]", fields, outlines)));
        }
        json.endArray();
        return List.copyOf(list);
    }
}
