package org.elasticvision.runtime.dataset.coco;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.Trees;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CocoDatasetTest {
    private static final List<Label> LABELS = Trees.labels("1=person", "3=car", "90=toothbrush");
    private static final String IMAGES = "\"images\":[{\"id\":9,\"file_name\":\"b.jpg\",\"height\":4},"
            + "{\"license\":{\"x\":[1]},\"file_name\":\"a.jpg\",\"id\":397133}]";
    private static final String CATEGORIES =
            "\"categories\":[{\"supercategory\":\"x\",\"id\":90,\"name\":\"toothbrush\"},"
                    + "{\"id\":1,\"name\":\"person\"},{\"id\":3,\"name\":\"car\"}]";
    private static final String ANNOTATIONS = "\"annotations\":["
            + "{\"segmentation\":[[1.5,2]],\"area\":1023.9,\"iscrowd\":0,\"image_id\":9,\"bbox\":[1,2,3,4],\"category_id\":3,\"id\":1},"
            + "{\"segmentation\":{\"counts\":[1]},\"area\":1024,\"iscrowd\":1,\"image_id\":9,\"category_id\":3,\"id\":2},"
            + "{\"area\":9216.0,\"image_id\":9,\"category_id\":1,\"id\":3},"
            + "{\"area\":1,\"image_id\":12345,\"category_id\":1,\"id\":4}]";

    @TempDir
    private Path data;

    private Path json;
    private Path images;

    @BeforeEach
    void files() {
        images = data.resolve("val2014");
        Trees.touch(images, "a.jpg", "b.jpg");
        json = Trees.write(
                data.resolve("annotations/instances_val2014.json"),
                "{\"info\":{\"year\":2014}," + IMAGES + "," + ANNOTATIONS + "," + CATEGORIES + "}");
    }

    @Test
    void allImagesAreListedInFileOrderWithTheirClassesBySize() {
        boolean[][] present = new boolean[3][3];
        present[0][1] = true;
        present[1][1] = true;
        present[2][0] = true;
        assertThat(CocoDataset.read(data, LABELS))
                .containsExactly(
                        new MultiLabelImage(images.resolve("b.jpg"), MultiLabelTarget.of(present)),
                        new MultiLabelImage(images.resolve("a.jpg"), MultiLabelTarget.of(new boolean[3][3])));
        assertThat(CocoDataset.read(json, images, LABELS)).isEqualTo(CocoDataset.read(data, LABELS));
    }

    @Test
    void categoriesAreFoundByIdInALargerModel() {
        MultiLabelTarget target = CocoDataset.read(data, Labels.coco80()).get(0).target();
        assertThat(target.classes()).isEqualTo(80);
        assertThat(target).hasToString("classes {0, 2} of 80");
    }

    @Test
    void categoriesAreFoundByName() {
        MultiLabelTarget target = CocoDataset.read(data, Trees.labels("a=car", "b=toothbrush", "c=person", "d=cat"))
                .get(0)
                .target();
        assertThat(target).hasToString("classes {0, 2} of 4");
    }

    @Test
    void categoriesOfAModelWithoutNamesAreTakenInFileOrder() {
        MultiLabelTarget target =
                CocoDataset.read(data, Labels.numbered(3)).get(0).target();
        assertThat(target).hasToString("classes {1, 2} of 3");
    }

    @Test
    void categoriesThatFitOnlyInPartAreRefused() {
        assertThatThrownBy(() -> CocoDataset.read(data, Trees.labels("1=person", "4=toothbrush", "5=cat")))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(json + ": category 'car' of 2 is not among the model's 3 classes");
    }

    @Test
    void namesDecideAndNotTheNumbersOfAnotherFile() {
        assertThat(CocoDataset.read(data, Trees.labels("3=person", "1=car", "2=toothbrush"))
                        .get(0)
                        .target())
                .hasToString("classes {0, 1} of 3");
        assertThat(CocoDataset.read(data, Trees.labels("90=Car", "1=TOOTH_brush", "3=Person", "4=tooth brush"))
                        .get(0)
                        .target())
                .hasToString("classes {0, 2} of 4");
    }

    @Test
    void aNumberOfAnotherNameIsAContradiction() {
        assertThatThrownBy(() -> CocoDataset.read(data, Trees.labels("1=person", "3=bus", "90=toothbrush")))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(json + ": category 'car' (its id 3 is the model's 'bus') of 2 is not among");
        MultiLabelTarget target = CocoDataset.read(
                        data, Trees.labels("7=Zahnbürste", "8=Mensch", "9=Auto"), new DatasetOptions(true, note -> {}))
                .get(0)
                .target();
        assertThat(target).hasToString("classes {1, 2} of 3");
    }

    @Test
    void ofSeveralLabelsOfANameTheNumberDecides() {
        MultiLabelTarget target = CocoDataset.read(data, Trees.labels("2=car", "3=car", "1=person"))
                .get(0)
                .target();
        assertThat(target).hasToString("classes {1, 2} of 3");
    }

    @Test
    void aCategoryOfNoObjectNeedsNoLabel() {
        assertThat(CocoDataset.read(data, Trees.labels("1=person", "3=car"))
                        .get(0)
                        .target())
                .hasToString("classes {0, 1} of 2");
    }

    @Test
    void theYearAndTheSplitAreFound() throws IOException {
        Trees.touch(data, "train2017/a.jpg", "train2017/b.jpg");
        Files.move(json, data.resolve("annotations/instances_train2017.json"));
        assertThat(CocoFiles.find(data, Split.TRAINING))
                .contains(
                        new CocoFiles(data.resolve("annotations/instances_train2017.json"), data.resolve("train2017")));
        assertThat(CocoDataset.read(
                                CocoFiles.find(data, Split.TRAINING).orElseThrow(), LABELS, DatasetOptions.defaults())
                        .get(0)
                        .image())
                .isEqualTo(data.resolve("train2017/b.jpg"));
        assertThatThrownBy(() -> CocoDataset.read(data, LABELS))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("annotations/instances_val2014.json")
                .hasMessageContaining("--annotations");
    }

    @Test
    void missingImagesAndFoldersAreNamed() throws IOException {
        Files.delete(images.resolve("a.jpg"));
        assertThatThrownBy(() -> CocoDataset.read(data, LABELS))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(json + ": image 397133: " + images.resolve("a.jpg") + " is missing");
        Files.delete(images.resolve("b.jpg"));
        assertThatThrownBy(() -> CocoDataset.read(data, LABELS)).hasMessageContaining("(and 1 more of 2)");
        Files.delete(images);
        assertThatThrownBy(() -> CocoDataset.read(data, LABELS))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(images + " does not exist");
        assertThatThrownBy(() -> CocoDataset.read(data.resolve("none.json"), data, LABELS))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data.resolve("none.json") + " does not exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"id\":397133 | \"id\":9 | image id 9 is there twice",
                "\"id\":397133 | \"id\":\"x\" | images[1]: 'id' is 'x', not a whole number",
                "\"id\":397133 | \"id\":1.5 | images[1]: 'id' is '1.5', not a whole number",
                "\"id\":397133 | \"id\":[1] | damaged JSON",
                "\"id\":397133 | \"di\":1 | images[1] has no 'id'",
                "\"a.jpg\" | \"../val2014/../../x.jpg\" | is not inside",
                "\"a.jpg\" | \"/etc/passwd\" | is not inside",
                "\"a.jpg\" | \"a\\u0000.jpg\" | cannot be a file name",
                "\"category_id\":3,\"id\":2 | \"category_id\":4,\"id\":2 | image 9 has category 4, which 'categories' does not",
                "\"id\":90 | \"id\":1 | category id 1 is there twice",
                "\"toothbrush\" | \"\" | category 90: label name '' is blank",
                "\"area\":1024 | \"area\":\"big\" | annotations[1]: 'area' is 'big', not a number",
                "\"area\":1024 | \"area\":-3 | annotations[1]: 'area' is -3.0; an area is 0 or more",
                "\"area\":1024 | \"area\":NaN | annotations[1]: 'area' is NaN; an area is 0 or more: correct it, or leave it",
                "\"iscrowd\":1 | \"iscrowd\":NaN | damaged JSON (neither text, number nor bracket at line 1",
                "\"image_id\":9 | \"image_id\":98765 | `none of its 4 annotations is of an image that it lists`",
                "\"annotations\" | \"notes\" | has no 'images', 'annotations' or 'categories'",
                "\"info\" | ]\"info\" | damaged JSON",
            })
    void damageIsNamed(String text, String replacement, String message) throws IOException {
        String whole = Files.readString(json);
        assertThat(whole).contains(text);
        Trees.write(json, whole.replace(text, replacement));
        assertThatThrownBy(() -> CocoDataset.read(data, LABELS))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(json + ": ")
                .hasMessageContaining(message)
                .message()
                .hasLineCount(1);
    }

    private CocoFiles part() {
        return new CocoFiles(json, images);
    }

    @Test
    void theCategoriesOfObjectsMakeLabelsInFileOrder() {
        List<String> notes = new ArrayList<>();
        DatasetOptions options = new DatasetOptions(false, notes::add);
        assertThat(CocoDataset.labels(part(), part(), options)).isEqualTo(Trees.labels("1=person", "3=car"));
        assertThat(notes)
                .containsExactly(
                        json + ": categories without an object, left out (give --labels to keep them): 'toothbrush'");
        Path other = Trees.write(
                data.resolve("other.json"),
                """
                {"images": [{"id": 1, "file_name": "a.jpg"}], "categories": [{"id": 1, "name": "Toothbrush"}],
                 "annotations": [{"image_id": 1, "category_id": 1, "area": 1}]}
                """);
        notes.clear();
        assertThat(CocoDataset.labels(part(), new CocoFiles(other, images), options))
                .isEqualTo(Trees.labels("90=toothbrush", "1=person", "3=car"));
        assertThat(notes).singleElement().asString().endsWith("in the validation data only: 'toothbrush'");
        Trees.write(json, "{" + IMAGES + "," + ANNOTATIONS + ",\"categories\":[]}");
        assertThatThrownBy(() -> CocoDataset.labels(part(), part(), options))
                .isInstanceOf(DatasetException.class)
                .hasMessage(json + ": lists no categories; give an MSCOCO instances_*.json");
        Trees.write(json, "{" + IMAGES + "," + CATEGORIES + ",\"annotations\":[]}");
        assertThatThrownBy(() -> CocoDataset.labels(part(), part(), options))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("has no annotations, so there is nothing to learn");
        Trees.write(json, "{" + IMAGES + "," + ANNOTATIONS + "," + CATEGORIES.replace("person", "car") + "}");
        assertThatThrownBy(() -> CocoDataset.labels(part(), part(), options))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("categories 1 and 3 are both named 'car'");
    }

    /** What is left out is computed: of a polygon, of run lengths, of pycocotools' text for the same, of a box. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"segmentation\":[[0,0,32,0,32,32,0,32]] | MEDIUM",
                "\"segmentation\":[[0,0,32,0,32,31,0,31]] | SMALL",
                "\"segmentation\":[[0,0,32,0,0,32],[0,0,32,0,0,32]] | MEDIUM",
                "\"segmentation\":[0,0,96,0,96,96,0,96] | LARGE",
                "\"segmentation\":{\"size\":[100,100],\"counts\":[5,1024,1,0,9]} | MEDIUM",
                "\"segmentation\":{\"size\":[100,100],\"counts\":[1024,5]} | SMALL",
                "\"segmentation\":[],\"bbox\":[0,0,32.5,32] | MEDIUM",
                "\"segmentation\":null,\"area\":null,\"bbox\":[0,0,96,96] | LARGE",
                "\"area\":9216,\"bbox\":[0,0,1,1] | LARGE",
            })
    void missingAreasAreComputed(String outline, ObjectSize size) {
        annotate("{\"image_id\":9,\"category_id\":1," + outline + "}");
        MultiLabelTarget target = CocoDataset.read(data, LABELS).get(0).target();
        for (ObjectSize other : ObjectSize.values()) {
            assertThat(target.isPresent(0, other)).as(other.name()).isEqualTo(other == size);
        }
    }

    /** As pycocotools 2.0.11 writes masks of 40 x 40 pixels with a square of 32 x 32, and with a corner of it missing. */
    @Test
    void packedRunLengthsAreCounted() {
        String square = "d2P18" + "0".repeat(61) + "\\\\7";
        String withoutCorner = "e2o081" + "0".repeat(60) + "\\\\7";
        annotate("{\"image_id\":9,\"category_id\":1,\"segmentation\":{\"counts\":\"" + square + "\"}},"
                + "{\"image_id\":397133,\"category_id\":1,\"segmentation\":{\"counts\":\"" + withoutCorner + "\"}}");
        List<MultiLabelImage> images = CocoDataset.read(data, LABELS);
        assertThat(images.get(0).target().isPresent(0, ObjectSize.MEDIUM)).isTrue();
        assertThat(images.get(1).target().isPresent(0, ObjectSize.SMALL)).isTrue();
    }

    @Test
    void anObjectWithoutAnyOutlineIsThereAtNoSize() {
        annotate("{\"image_id\":9,\"category_id\":1}");
        MultiLabelTarget target = CocoDataset.read(data, LABELS).get(0).target();
        assertThat(target.isPresent(0)).isTrue();
        assertThat(target.toFloats()).containsExactly(1, 0, 0);
        for (ObjectSize size : ObjectSize.values()) {
            assertThat(target.isPresent(0, size)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"bbox\":[1,2,3] | 'bbox' has 3 numbers",
                "\"segmentation\":[[1,2,3]] | has 3 numbers; they must be pairs",
                "\"segmentation\":{\"counts\":\"~\"} | 'counts' that are not run lengths",
                "\"segmentation\":{\"counts\":\"oooooooooooooooooo\"} | 'counts' that are not run lengths",
            })
    void outlinesThatMakeNoSenseAreRefused(String outline, String message) {
        annotate("{\"image_id\":9,\"category_id\":1," + outline + "}");
        assertThatThrownBy(() -> CocoDataset.read(data, LABELS))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(json + ": annotations[0]: ")
                .hasMessageContaining(message);
    }

    private void annotate(String annotation) {
        Trees.write(json, "{" + IMAGES + "," + CATEGORIES + ",\"annotations\":[" + annotation + "]}");
    }

    @Test
    void numbersWrittenAsFractionsAndWindowsPathsAreRead() throws IOException {
        String whole = Files.readString(json);
        List<MultiLabelImage> expected = CocoDataset.read(data, LABELS);
        Trees.write(
                json,
                whole.replace("\"id\":9,", "\"id\":9.0,")
                        .replace("\"category_id\":3", "\"category_id\":3.0")
                        .replace("\"b.jpg\"", "\".\\\\b.jpg\""));
        assertThat(CocoDataset.read(data, LABELS)).isEqualTo(expected);
    }

    @Test
    void namesThatBeginHigherUpAreExplained() {
        Trees.write(
                json,
                "{\"images\":[{\"id\":9,\"file_name\":\"val2014/b.jpg\"}]," + ANNOTATIONS + "," + CATEGORIES + "}");
        assertThatThrownBy(() -> CocoDataset.read(data, LABELS))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(images.resolve("val2014/b.jpg") + " is missing, while " + images.resolve("b.jpg")
                        + " is there");
    }

    @Test
    void roboflowsFoldersAreRead() throws IOException {
        for (String part : List.of("train", "valid", "test")) {
            Trees.touch(data, "robo/" + part + "/a.jpg", "robo/" + part + "/b.jpg");
            Trees.write(data.resolve("robo/" + part + "/_annotations.coco.json"), Files.readString(json));
        }
        Path robo = data.resolve("robo");
        assertThat(CocoFiles.find(robo, Split.TRAINING))
                .contains(new CocoFiles(robo.resolve("train/_annotations.coco.json"), robo.resolve("train")));
        assertThat(CocoDataset.read(robo, LABELS).get(0).image()).isEqualTo(robo.resolve("valid/b.jpg"));
        assertThat(CocoDataset.read(robo.resolve("test"), LABELS).get(0).image())
                .isEqualTo(robo.resolve("test/b.jpg"));
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        String whole = Files.readString(json);
        for (int length = 0; length < whole.length(); length++) {
            Trees.write(json, whole.substring(0, length));
            assertThatThrownBy(() -> CocoDataset.read(data, LABELS))
                    .as("first %d characters", length)
                    .isInstanceOf(DatasetException.class)
                    .hasMessageStartingWith(json + ": damaged JSON");
        }
        Trees.write(json, whole + "{}");
        assertThatThrownBy(() -> CocoDataset.read(data, LABELS)).isInstanceOf(DatasetException.class);
    }

    @Test
    void aLargeFileGoesByInAStream() throws IOException {
        int count = 20_000;
        String outline = "[[" + "123.45,".repeat(200) + "1.0]]";
        try (BufferedWriter out = Files.newBufferedWriter(json)) {
            out.write("{" + IMAGES + "," + CATEGORIES + ",\"annotations\":[");
            for (int i = 0; i < count; i++) {
                out.write((i == 0 ? "" : ",") + "{\"segmentation\":" + outline
                        + ",\"area\":10,\"image_id\":397133,\"category_id\":90,\"id\":" + i + "}");
            }
            out.write("]}");
        }
        assertThat(Files.size(json)).isGreaterThan(25_000_000);
        CocoAnnotations annotations = CocoAnnotations.read(json);
        assertThat(annotations.annotations())
                .hasSize(count)
                .containsOnly(new CocoAnnotations.Annotation(397133, 90, Optional.of(ObjectSize.SMALL)));
    }
}
