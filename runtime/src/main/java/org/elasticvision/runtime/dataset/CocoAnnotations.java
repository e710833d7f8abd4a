package org.elasticvision.runtime.dataset;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.elasticvision.runtime.DatasetException;

/**
 * What an MSCOCO {@code instances_*.json} says of images, categories and sizes, in file order. The file, 150 MB of outlines
 * for the most part, goes by in a stream; the outlines are not kept.
 */
record CocoAnnotations(List<Image> images, List<Category> categories, List<Annotation> annotations) {
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

    /** An object in an image. */
    record Annotation(long image, long category, ObjectSize size) {
        private static final Set<String> FIELDS = Set.of("image_id", "category_id", "area");

        private static Annotation of(CocoElement element) {
            ObjectSize size = ObjectSize.of(element.area("area"));
            return new Annotation(element.whole("image_id"), element.whole("category_id"), size);
        }
    }

    /**
     * Reads a file.
     *
     * @throws DatasetException if it is missing, damaged or of another kind
     */
    static CocoAnnotations read(Path file) {
        try (JsonReader json = new JsonReader(Files.newBufferedReader(file))) {
            json.setStrictness(Strictness.STRICT);
            return read(json, file);
        } catch (NoSuchFileException e) {
            throw new DatasetException(file + " does not exist" + REMEDY, e);
        } catch (IOException e) {
            throw new DatasetException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static CocoAnnotations read(JsonReader json, Path file) {
        try {
            List<Image> images = null;
            List<Category> categories = null;
            List<Annotation> annotations = null;
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                String where = file + ": " + name;
                switch (name) {
                    case "images" -> images = list(json, where, Image.FIELDS, Image::of);
                    case "categories" -> categories = list(json, where, Category.FIELDS, Category::of);
                    case "annotations" -> annotations = list(json, where, Annotation.FIELDS, Annotation::of);
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
        } catch (IOException | IllegalStateException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
            throw new DatasetException(file + ": damaged JSON (" + reason + "); copy the file again", e);
        }
    }

    private static <T> List<T> list(
            JsonReader json, String where, Set<String> fields, Function<CocoElement, T> constructor)
            throws IOException {
        List<T> list = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            list.add(constructor.apply(CocoElement.read(json, where + "[" + list.size() + "]", fields)));
        }
        json.endArray();
        return List.copyOf(list);
    }
}
