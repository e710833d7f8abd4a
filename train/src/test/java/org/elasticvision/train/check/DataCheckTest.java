package org.elasticvision.train.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticvision.runtime.dataset.IdxFiles;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.check.finding.Finding;
import org.elasticvision.train.check.finding.FindingKind;
import org.elasticvision.train.check.finding.Severity;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.HeldOut;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each fault that is planted is found, and nothing is found in clean data. */
class DataCheckTest {
    private static final int WIDTH = 80;
    private static final int HEIGHT = 64;

    @TempDir
    private Path root;

    private DrawnFolder data;

    @BeforeEach
    void folder() {
        data = new DrawnFolder(root);
    }

    private CheckResult check(Task task, boolean skipsBad) {
        return check(task, DataSource.of(root), skipsBad);
    }

    private static CheckResult check(Task task, DataSource source, boolean skipsBad) {
        return check(task, source, Optional.of(new InputSize(64, 64)), skipsBad);
    }

    private static CheckResult check(Task task, DataSource source, Optional<InputSize> input, boolean skipsBad) {
        CheckOptions options = new CheckOptions(input, Optional.empty(), Orientation.APPLY_EXIF, skipsBad, 2, 10, 2);
        return new DataCheck(task, source, options).run(total -> {}, () -> {});
    }

    private static Finding found(CheckResult result, FindingKind kind) {
        return result.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " is not among " + result.findings()));
    }

    private static void assertFound(CheckResult result, FindingKind kind, String... names) {
        assertThat(found(result, kind).examples().stream().map(example -> example.name()))
                .as(kind.id())
                .hasSize(names.length)
                .allSatisfy(name -> assertThat(names).anyMatch(name::endsWith));
    }

    private static List<FindingKind> kinds(CheckResult result) {
        return result.findings().stream().map(Finding::kind).toList();
    }

    @Test
    void nothingIsFoundInCleanData() {
        data.clean();
        CheckResult result = check(Task.CLASSIFICATION, false);
        assertThat(result.findings()).isEmpty();
        assertThat(result.fails()).isFalse();
        assertThat(result.training()).isEqualTo(12);
        assertThat(result.validation()).isEqualTo(6);
        assertThat(result.classes())
                .extracting(one -> one.name() + " " + one.training() + " " + one.validation())
                .containsExactly("cat 4 2", "dog 4 2", "hen 4 2");
        assertThat(result.classes()).allSatisfy(one -> assertThat(one.samples()).hasSize(2));
        assertThat(result.sizes().orElseThrow().longest().ratio()).isEqualTo(1.25);
    }

    @Test
    void everyFaultOfClassFoldersIsFound() throws IOException {
        data.clean();
        RgbImage first = DrawnFolder.picture(WIDTH, HEIGHT, 0);
        byte[] whole = Files.readAllBytes(root.resolve("train/cat/0.png"));
        data.write("train/cat/cut.png", Arrays.copyOf(whole, whole.length / 2));
        data.write("train/cat/text.jpg", "no image".getBytes(StandardCharsets.UTF_8));
        data.write("train/dog/notes.txt", "notes".getBytes(StandardCharsets.UTF_8));
        data.write("train/dog/moving.gif", "GIF89a".getBytes(StandardCharsets.UTF_8));
        data.png("train/dog/lie.jpg", DrawnFolder.picture(WIDTH, HEIGHT, 100));
        data.png("val/cat/copy.png", first); // of train/cat/0.png
        data.jpeg("val/dog/near.jpg", DrawnFolder.resized(DrawnFolder.picture(WIDTH, HEIGHT, 6), 120, 96), 60);
        data.png("train/hen/other.png", DrawnFolder.picture(WIDTH, HEIGHT, 1)); // train/cat/1.png
        data.jpeg("train/hen/alike.jpg", DrawnFolder.picture(WIDTH, HEIGHT, 7), 60); // train/dog/1.png
        data.png("train/hen/again.png", DrawnFolder.picture(WIDTH, HEIGHT, 12)); // train/hen/0.png
        data.png("train/hen/long.png", DrawnFolder.picture(500, 100, 101));
        data.png("train/hen/small.png", DrawnFolder.picture(40, 40, 102));
        data.png("train/Dog/1.png", DrawnFolder.picture(WIDTH, HEIGHT, 103));
        data.png("val/cow/1.png", DrawnFolder.picture(WIDTH, HEIGHT, 104));
        Files.createDirectories(root.resolve("train/empty"));

        CheckResult result = check(Task.CLASSIFICATION, false);
        assertFound(result, FindingKind.UNREADABLE_IMAGE, "cat/cut.png", "cat/text.jpg");
        assertFound(result, FindingKind.NOT_AN_IMAGE, "dog/notes.txt");
        assertFound(result, FindingKind.PICTURE_NOT_READ, "dog/moving.gif");
        assertFound(result, FindingKind.OTHER_EXTENSION, "dog/lie.jpg");
        assertFound(result, FindingKind.TWIN_ACROSS_PARTS, "val/cat/copy.png");
        assertFound(result, FindingKind.NEAR_TWIN_ACROSS_PARTS, "val/dog/near.jpg");
        assertFound(result, FindingKind.TWIN_OF_OTHER_CLASS, "hen/other.png");
        assertFound(result, FindingKind.NEAR_TWIN_OF_OTHER_CLASS, "hen/alike.jpg");
        assertFound(result, FindingKind.TWIN, "hen/again.png");
        assertFound(result, FindingKind.EXTREME_SHAPE, "hen/long.png");
        assertFound(result, FindingKind.SMALL_IMAGE, "hen/small.png");
        assertFound(result, FindingKind.NAMES_DIFFER_IN_CASE, "'Dog' and 'dog'");
        assertFound(result, FindingKind.CLASS_IN_VALIDATION_ONLY, "cow");
        assertFound(result, FindingKind.CLASS_IN_TRAINING_ONLY, "Dog");
        assertFound(result, FindingKind.EMPTY_CLASS, "train/empty");
        assertThat(found(result, FindingKind.REFUSED).examples().get(0).name()).contains("'cow'");
        assertThat(found(result, FindingKind.NEAR_TWIN_OF_OTHER_CLASS)
                        .examples()
                        .get(0)
                        .other())
                .endsWith("train/dog/1.png");
        assertThat(result.findings()).hasSize(16);
        assertThat(result.fails()).isTrue();
    }

    @Test
    void whatSkipBadLeavesOutIsAWarning() {
        data.clean();
        data.write("train/cat/text.jpg", "no image".getBytes(StandardCharsets.UTF_8));
        CheckResult result = check(Task.CLASSIFICATION, true);
        assertThat(kinds(result)).containsExactly(FindingKind.UNREADABLE_IMAGE);
        assertThat(result.findings().get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(result.fails()).isFalse();
        assertThat(check(Task.CLASSIFICATION, false).fails()).isTrue();
    }

    @Test
    void aRareClassIsTold() {
        data.clean();
        for (int i = 0; i < 40; i++) {
            data.png("train/cat/more" + i + ".png", DrawnFolder.picture(WIDTH, HEIGHT, 200 + i));
        }
        CheckResult result = check(Task.CLASSIFICATION, false);
        assertFound(result, FindingKind.IMBALANCE, "dog", "hen");
        assertThat(result.findings()).hasSize(1);
    }

    @Test
    void copiesOnBothSidesOfTheHeldOutShareAreFound() {
        for (int i = 0; i < 10; i++) { // of each picture two, of which one is held out for some
            for (String name : List.of("cat", "dog")) {
                RgbImage picture = DrawnFolder.picture(WIDTH, HEIGHT, name.hashCode() + i);
                data.png(name + "/" + i + ".png", picture);
                data.jpeg(name + "/copy" + i + ".jpg", picture, 80);
            }
        }
        DataSource source = DataSource.of(root).withHeldOut(Optional.of(new HeldOut(0.2, 1)));
        CheckResult result = check(Task.CLASSIFICATION, source, false);
        assertThat(result.training()).isEqualTo(32);
        assertThat(result.validation()).isEqualTo(8);
        assertThat(kinds(result)).containsExactly(FindingKind.NEAR_TWIN_ACROSS_PARTS);
        assertThat(result.findings().get(0).count()).isBetween(1L, 8L);
    }

    @Test
    void aFolderWithoutImagesIsRefusedInTrainsWords() {
        data.write("train/cat/a.txt", new byte[0]);
        CheckResult result = check(Task.CLASSIFICATION, false);
        assertThat(kinds(result)).containsExactly(FindingKind.REFUSED);
        assertThat(result.findings().get(0).examples().get(0).name()).contains("has no val");
        assertThat(result.layout()).isEmpty();
    }

    private void coco(Split split, String extra, String categories) {
        String images = Stream.of(0, 1, 2)
                .map(i -> "{\"id\": %d, \"file_name\": \"%d.png\", \"width\": 80, \"height\": 64}".formatted(i, i))
                .collect(Collectors.joining(", "));
        String own =
                """
                {"annotations": [{"image_id": 0, "category_id": 1, "bbox": [0, 0, 80.5, 64]},
                                 {"image_id": 1, "category_id": 2, "bbox": [4, 4, 8, 8]}%s],
                 "images": [%s], "categories": [%s]}
                """
                        .formatted(extra, images, categories);
        data.write("annotations/instances_" + split.id() + "2017.json", own.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 3; i++) {
            data.png(
                    split.id() + "2017/" + i + ".png",
                    DrawnFolder.picture(WIDTH, HEIGHT, (split == Split.TRAINING ? 0 : 50) + i));
        }
    }

    @Test
    void cleanAnnotationsHaveImagesWithoutObjectsAtMost() {
        String categories = "{\"id\": 1, \"name\": \"disc\"}, {\"id\": 2, \"name\": \"bar\"}";
        coco(Split.TRAINING, "", categories);
        coco(Split.VALIDATION, "", categories);
        CheckResult result = check(Task.MULTI_LABEL, false);
        assertThat(kinds(result)).containsExactly(FindingKind.NO_ANNOTATION);
        assertThat(result.classes())
                .extracting(one -> one.name() + " " + one.training() + " " + one.validation())
                .containsExactly("disc 1 1", "bar 1 1");
    }

    @Test
    void everyFaultOfAnnotationsIsFound() {
        String categories = "{\"id\": 1, \"name\": \"disc\"}, {\"id\": 2, \"name\": \"bar\"}";
        coco(
                Split.TRAINING,
                """
                , {"image_id": 0, "category_id": 1, "bbox": [70, 4, 20, 8]}, {"image_id": 0, "category_id": 1, "bbox": [1, 1, 0, 8]},
                {"image_id": 9, "category_id": 1}, {"image_id": 1, "category_id": 7}
                """,
                categories + ", {\"id\": 3, \"name\": \"Bar\"}");
        coco(Split.VALIDATION, "", categories);
        CheckResult result = check(Task.MULTI_LABEL, false);
        assertFound(result, FindingKind.BOX_OUTSIDE, "annotations[2]");
        assertFound(result, FindingKind.NO_BOX_AREA, "annotations[3]");
        assertFound(result, FindingKind.UNKNOWN_IMAGE, "annotations[4]");
        assertFound(result, FindingKind.UNKNOWN_CATEGORY, "annotations[5]");
        assertFound(result, FindingKind.NAMES_DIFFER_IN_CASE, "'Bar' and 'bar'");
        assertFound(result, FindingKind.EMPTY_CLASS, "Bar");
        assertThat(found(result, FindingKind.REFUSED).examples().get(0).name()).contains("category 7");
        assertThat(result.findings()).hasSize(8); // and an image without objects in each part
    }

    private void voc() {
        data.write("labels.txt", "background\nthing\nother\n".getBytes(StandardCharsets.UTF_8));
        data.write("ImageSets/Segmentation/train.txt", "a\nb\nc\nd\n".getBytes(StandardCharsets.UTF_8));
        data.write("ImageSets/Segmentation/val.txt", "e\n".getBytes(StandardCharsets.UTF_8));
        int number = 0;
        for (String name : List.of("a", "b", "c", "d", "e")) {
            data.jpeg("JPEGImages/" + name + ".jpg", DrawnFolder.picture(WIDTH, HEIGHT, number++), 95);
            byte[] indices = new byte[WIDTH * HEIGHT];
            Arrays.fill(indices, 0, 100, (byte) 1);
            Arrays.fill(indices, 100, 200, (byte) 2);
            Arrays.fill(indices, 200, 300, (byte) 255);
            data.mask("SegmentationClass/" + name + ".png", new IndexImage(WIDTH, HEIGHT, indices));
        }
    }

    @Test
    void nothingIsFoundInCleanMasks() {
        voc();
        CheckResult result = check(Task.SEGMENTATION, false);
        assertThat(result.findings()).isEmpty();
        assertThat(result.classes())
                .extracting(one -> one.name() + " " + one.training() + " " + one.validation())
                .containsExactly("background 4 1", "thing 4 1", "other 4 1");
    }

    @Test
    void everyFaultOfMasksIsFound() {
        voc();
        byte[] indices = new byte[WIDTH * HEIGHT];
        data.mask("SegmentationClass/a.png", new IndexImage(WIDTH / 2, HEIGHT, new byte[WIDTH * HEIGHT / 2]));
        Arrays.fill(indices, (byte) 255);
        data.mask("SegmentationClass/b.png", new IndexImage(WIDTH, HEIGHT, indices));
        byte[] others = new byte[WIDTH * HEIGHT];
        others[7] = 3;
        data.mask("SegmentationClass/c.png", new IndexImage(WIDTH, HEIGHT, others));
        data.png("SegmentationClass/d.png", DrawnFolder.picture(WIDTH, HEIGHT, 9));
        CheckResult result = check(Task.SEGMENTATION, false);
        assertFound(result, FindingKind.MASK_SIZE, "a.png");
        assertFound(result, FindingKind.VOID_MASK, "b.png");
        assertFound(result, FindingKind.MASK_VALUE, "c.png");
        assertFound(result, FindingKind.UNREADABLE_MASK, "d.png");
        assertThat(result.findings()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void idxFiles(boolean copies) {
        byte[] levels = new byte[6 * 28 * 28];
        new Random(1).nextBytes(levels);
        if (copies) {
            System.arraycopy(levels, 0, levels, 28 * 28, 28 * 28); // of another class
        }
        byte[] classes = {0, 1, 2, 0, 1, 2};
        for (String part : List.of("train", "t10k")) {
            IdxFiles.write(root.resolve(part + "-images-idx3-ubyte"), IdxFiles.encode(levels, 6, 28, 28));
            IdxFiles.write(root.resolve(part + "-labels-idx1-ubyte"), IdxFiles.encode(classes, 6));
            new Random(2).nextBytes(levels); // others in the next part
        }
        CheckResult result = check(Task.CLASSIFICATION, DataSource.of(root), Optional.empty(), false);
        assertThat(kinds(result))
                .containsExactlyElementsOf(copies ? List.of(FindingKind.TWIN_OF_OTHER_CLASS) : List.of());
        assertThat(result.input()).isEqualTo(new InputSize(28, 28));
        assertThat(result.classes()).hasSize(3).allSatisfy(one -> assertThat(one.training())
                .isEqualTo(2));
    }
}
