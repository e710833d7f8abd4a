package org.elasticvision.train.shapes;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.elasticvision.runtime.io.AtomicFile;

/** Annotations in the form of MSCOCO's {@code instances_*.json}: what is seen of each shape, its area and its box. */
final class CocoFile {
    private CocoFile() {}

    /**
     * A picture's name and shapes.
     *
     * @param file name within the folder of the pictures
     */
    record Entry(String file, List<DrawnShape> shapes) {}

    static void write(Path file, List<Entry> entries, int pictureSize) {
        AtomicFile.write(file, out -> {
            try (JsonWriter json = new JsonWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
                json.beginObject();
                images(json, entries, pictureSize);
                categories(json);
                annotations(json, entries, pictureSize);
                json.endObject();
            }
        });
    }

    private static void images(JsonWriter json, List<Entry> entries, int pictureSize) throws IOException {
        json.name("images").beginArray();
        for (int i = 0; i < entries.size(); i++) {
            json.beginObject().name("id").value(i + 1);
            json.name("file_name").value(entries.get(i).file());
            json.name("width")
                    .value(pictureSize)
                    .name("height")
                    .value(pictureSize)
                    .endObject();
        }
        json.endArray();
    }

    private static void categories(JsonWriter json) throws IOException {
        json.name("categories").beginArray();
        for (ShapeKind kind : ShapeKind.values()) {
            json.beginObject().name("id").value(kind.category());
            json.name("name").value(kind.label());
            json.name("supercategory").value("shape").endObject();
        }
        json.endArray();
    }

    private static void annotations(JsonWriter json, List<Entry> entries, int pictureSize) throws IOException {
        json.name("annotations").beginArray();
        int id = 1;
        for (int i = 0; i < entries.size(); i++) {
            for (DrawnShape shape : entries.get(i).shapes()) {
                json.beginObject().name("id").value(id++).name("image_id").value(i + 1);
                json.name("category_id").value(shape.kind().category());
                json.name("iscrowd").value(0).name("area").value(shape.area());
                json.name("bbox").beginArray();
                json.value(shape.left()).value(shape.top()).value(shape.width()).value(shape.height());
                json.endArray();
                segmentation(json, shape.visible(), pictureSize);
                json.endObject();
            }
        }
        json.endArray();
    }

    /** MSCOCO's uncompressed run lengths: pixels outside and inside by turns, column by column. */
    private static void segmentation(JsonWriter json, BitSet visible, int pictureSize) throws IOException {
        json.name("segmentation").beginObject().name("counts").beginArray();
        boolean inside = false;
        int run = 0;
        for (int i = 0; i < pictureSize * pictureSize; i++) {
            boolean here = visible.get(i % pictureSize * pictureSize + i / pictureSize);
            if (here != inside) {
                json.value(run);
                inside = here;
                run = 0;
            }
            run++;
        }
        json.value(run).endArray();
        json.name("size")
                .beginArray()
                .value(pictureSize)
                .value(pictureSize)
                .endArray()
                .endObject();
    }
}
