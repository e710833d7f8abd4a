package org.elasticvision.train.shapes;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.ClassifiedImage;
import org.elasticvision.runtime.dataset.ImageFolder;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.dataset.VocSegmentation;
import org.elasticvision.runtime.dataset.coco.CocoDataset;
import org.elasticvision.runtime.dataset.coco.MultiLabelImage;
import org.elasticvision.runtime.dataset.coco.ObjectSize;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The layouts, read by those who read the real data sets. */
class ShapesDatasetTest {
    private static final ShapesOptions OPTIONS = new ShapesOptions(24, 16, 96, 3);

    @TempDir
    static Path folder;

    @TempDir
    Path own;

    @BeforeAll
    static void draw() {
        ShapesDataset.write(folder.resolve("shapes"), OPTIONS);
    }

    @Test
    void aFolderForEachClass() {
        Path data = folder.resolve("shapes");
        assertThat(ImageFolder.labels(data, Split.TRAINING)).isEqualTo(ShapeKind.labels(Task.CLASSIFICATION));
        List<ClassifiedImage> training = ImageFolder.read(
                data, ShapeKind.labels(Task.CLASSIFICATION), Split.TRAINING, DatasetOptions.defaults());
        assertThat(training).hasSize(24);
        for (int kind = 0; kind < ShapeKind.values().length; kind++) {
            int index = kind;
            assertThat(training.stream().filter(image -> image.classIndex() == index))
                    .hasSize(4);
        }
        assertThat(ImageFolder.read(data, ShapeKind.labels(Task.CLASSIFICATION)))
                .hasSize(16);
    }

    @Test
    void annotationsMasksAndClassesAgree() throws IOException {
        Path data = folder.resolve("shapes");
        List<MultiLabelImage> labelled = CocoDataset.read(data, ShapeKind.labels(Task.MULTI_LABEL));
        List<SegmentedImage> masks = VocSegmentation.read(data, Split.VALIDATION);
        List<ClassifiedImage> classified = ImageFolder.read(data, ShapeKind.labels(Task.CLASSIFICATION));
        Map<String, Integer> classes = new HashMap<>();
        classified.forEach(image -> classes.put(image.image().getFileName().toString(), image.classIndex()));
        JsonObject coco = JsonParser.parseString(Files.readString(data.resolve("annotations/instances_val2014.json")))
                .getAsJsonObject();
        assertThat(labelled).hasSize(16);
        assertThat(masks).hasSize(16);
        for (int i = 0; i < 16; i++) {
            String name = labelled.get(i).image().getFileName().toString();
            byte[] mask = PngFiles.readIndices(masks.get(i).mask()).indices();
            assertThat(masks.get(i).image().getFileName()).hasToString(name);
            assertThat(labelled.get(i).target().isPresent(classes.get(name))).isTrue();
            int[] pixels = new int[256];
            for (byte index : mask) {
                pixels[index & 0xFF]++;
            }
            int[] areas = new int[256];
            for (JsonObject annotation : annotations(coco, i + 1)) {
                int category = annotation.get("category_id").getAsInt();
                int area = annotation.get("area").getAsInt();
                assertThat(inside(annotation)).isEqualTo(area);
                areas[category] += area;
                assertThat(labelled.get(i).target().isPresent(category - 1, ObjectSize.of(area)))
                        .isTrue();
            }
            for (ShapeKind kind : ShapeKind.values()) {
                int category = kind.category();
                assertThat(pixels[category]).isLessThanOrEqualTo(areas[category]);
                assertThat(areas[category] > 0)
                        .isEqualTo(labelled.get(i).target().isPresent(category - 1));
            }
        }
    }

    @Test
    void theSamePictureInAllLayouts() throws IOException {
        Path data = folder.resolve("shapes");
        Path first = VocSegmentation.read(data, Split.TRAINING).get(0).image();
        String name = first.getFileName().toString();
        assertThat(data.resolve("train2014").resolve(name)).hasSameBinaryContentAs(first);
        assertThat(data.resolve("train").resolve("circle").resolve(name)).hasSameBinaryContentAs(first);
    }

    @Test
    void theSameOptionsGiveTheSameFiles() throws IOException {
        ShapesDataset.write(own.resolve("again"), OPTIONS);
        Path expected = folder.resolve("shapes");
        try (Stream<Path> files = Files.walk(expected)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(own.resolve("again")
                                .resolve(expected.relativize(file).toString()))
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void whatIsThereStaysIfItIsTheSameAndIsRefusedIfNot() throws IOException {
        Path data = Files.createDirectory(own.resolve("data"));
        ShapesOptions few = new ShapesOptions(1, 1, 48, 9);
        ShapesDataset.write(data, few);
        Path picture = data.resolve("train2014/train_000001.png");
        Files.setLastModifiedTime(picture, FileTime.fromMillis(0));
        ShapesDataset.write(data, few);
        assertThat(Files.getLastModifiedTime(picture).toMillis()).isZero();
        assertThatThrownBy(() -> ShapesDataset.write(data, new ShapesOptions(1, 1, 48, 10)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("delete it or give another folder");
        Files.writeString(data.resolve("shapes.json"), "{");
        assertThatThrownBy(() -> ShapesDataset.write(data, few))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> new ShapesOptions(0, 1, 48, 1)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new ShapesOptions(1, 1, 47, 1)).hasMessageContaining("48 to 512");
        try (Stream<Path> files = Files.list(own)) {
            assertThat(files).containsExactly(data);
        }
    }

    private static List<JsonObject> annotations(JsonObject coco, int image) {
        return coco.getAsJsonArray("annotations").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(annotation -> annotation.get("image_id").getAsInt() == image)
                .toList();
    }

    /** The pixels inside by the run lengths, all of them in the box. */
    private static int inside(JsonObject annotation) {
        JsonArray box = annotation.getAsJsonArray("bbox");
        JsonArray counts = annotation.getAsJsonObject("segmentation").getAsJsonArray("counts");
        int at = 0;
        int inside = 0;
        for (int run = 0; run < counts.size(); run++) {
            int length = counts.get(run).getAsInt();
            if (run % 2 == 1) {
                inside += length;
                assertThat(at / OPTIONS.size())
                        .isGreaterThanOrEqualTo(box.get(0).getAsInt());
                assertThat(at % OPTIONS.size())
                        .isGreaterThanOrEqualTo(box.get(1).getAsInt());
            }
            at += length;
        }
        assertThat(at).isEqualTo(OPTIONS.size() * OPTIONS.size());
        return inside;
    }
}
