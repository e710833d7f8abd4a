package org.elasticvision.runtime.dataset;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.DatasetException;
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
        assertThatThrownBy(() -> CocoDataset.read(data, Trees.labels("1=person", "3=car", "4=cat")))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(json + ": category 'toothbrush' of 3 not among the model's 3 classes");
    }

    @Test
    void theYearAndTheSplitAreFound() throws IOException {
        Trees.touch(data, "train2017/a.jpg", "train2017/b.jpg");
        Files.move(json, data.resolve("annotations/instances_train2017.json"));
        assertThat(CocoDataset.read(data, LABELS, Split.TRAINING).get(0).image())
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
                "\"area\":1024, | `` | annotations[1] has no 'area'",
                "\"area\":1024 | \"area\":NaN | damaged JSON",
                "\"area\":1024 | \"area\":null | damaged JSON",
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

    @Test
    void theCategoriesMakeLabelsInFileOrder() {
        assertThat(CocoDataset.labels(data, Split.VALIDATION))
                .isEqualTo(Trees.labels("90=toothbrush", "1=person", "3=car"));
        assertThatThrownBy(() -> CocoDataset.labels(data, Split.TRAINING))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("has no annotations/instances_train2014.json");
        Trees.write(json, "{" + IMAGES + "," + ANNOTATIONS + ",\"categories\":[]}");
        assertThatThrownBy(() -> CocoDataset.labels(data, Split.VALIDATION))
                .isInstanceOf(DatasetException.class)
                .hasMessage(json + ": lists no categories; give an MSCOCO instances_*.json");
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
                .containsOnly(new CocoAnnotations.Annotation(397133, 90, ObjectSize.SMALL));
    }
}
