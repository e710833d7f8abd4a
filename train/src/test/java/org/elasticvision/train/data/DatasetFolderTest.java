package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.dataset.IdxFiles;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.DatasetFolder.Layout;
import org.elasticvision.train.data.transform.Augmentation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatasetFolderTest {
    private static final int SIDE = 16;
    private static final int VALUES = 3 * SIDE * SIDE;

    @TempDir
    private Path root;

    private Path data;

    @BeforeEach
    void folder() {
        data = root.resolve("data");
        Pictures.write("", data.resolve("README"));
    }

    @Test
    void aFolderPerClass() {
        for (String part : List.of("train", "val")) {
            Pictures.write(Pictures.picture(20, 30, 1), data.resolve(part + "/cat/1.png"));
            Pictures.write(Pictures.picture(30, 20, 2), data.resolve(part + "/dog/2.png"));
        }
        DatasetFolder found = DatasetFolder.detect(Task.CLASSIFICATION, data);
        assertThat(found.layout()).isEqualTo(Layout.FOLDER_PER_CLASS);
        assertThat(found.imageSize()).isEmpty();
        assertThat(found.usualAugmentation()).isEqualTo(Augmentation.published());
        List<Label> labels = found.labels();
        assertThat(labels).containsExactly(new Label("cat", "cat"), new Label("dog", "dog"));

        Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.RESIZE_AND_CROP, SIDE, SIDE);
        TrainingData training = found.training(labels, preprocessing, Augmentation.published());
        assertThat(training.name(1)).isEqualTo(data.resolve("train/dog/2.png").toString());
        assertThat(loaded(training, 1)).containsExactly(1);
        checkValidation(found.validation(labels, preprocessing), preprocessing);
    }

    @ParameterizedTest
    @CsvSource({"2014", "2017"})
    void coco(String year) {
        for (String part : List.of("train", "val")) {
            Pictures.write(Pictures.picture(20, 30, 1), data.resolve(part + year + "/a.png"));
            Pictures.write(Pictures.picture(30, 20, 2), data.resolve(part + year + "/b.png"));
            Pictures.write(
                    """
                    {"images": [{"id": 7, "file_name": "a.png"}, {"id": 8, "file_name": "b.png"}],
                     "categories": [{"id": 4, "name": "disc"}, {"id": 2, "name": "square"}],
                     "annotations": [{"image_id": 8, "category_id": 2, "area": 50.0},
                                     {"image_id": 7, "category_id": 4, "area": 50.0}]}
                    """,
                    data.resolve("annotations/instances_" + part + year + ".json"));
        }
        DatasetFolder found = DatasetFolder.detect(Task.MULTI_LABEL, data);
        assertThat(found.layout()).isEqualTo(Layout.COCO);
        List<Label> labels = found.labels();
        assertThat(labels).containsExactly(new Label("4", "disc"), new Label("2", "square"));

        Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.STRETCH, SIDE, SIDE);
        TrainingData training = found.training(labels, preprocessing, Augmentation.published());
        Target target = training.load(1, new SplittableRandom(1), Pictures.buffer(VALUES), 0);
        assertThat(((Target.LabelSets) target).values()).containsExactly(0, 1);
        assertThat(((Target.LabelSets) target).classes()).isEqualTo(2);
        checkValidation(found.validation(labels, preprocessing), preprocessing);
    }

    @Test
    void voc() {
        Path voc = data.resolve("VOC2012");
        segmented(voc, 20, 12);
        DatasetFolder found = DatasetFolder.detect(Task.SEGMENTATION, data);
        assertThat(found.layout()).isEqualTo(Layout.VOC);
        assertThat(DatasetFolder.detect(Task.SEGMENTATION, voc).layout()).isEqualTo(Layout.VOC);
        assertThat(found.labels()).as("the masks have seven classes").isEqualTo(Labels.numbered(7));

        Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.PAD, SIDE, SIDE);
        TrainingData training = found.training(found.labels(), preprocessing, Augmentation.published());
        Target target = training.load(0, new SplittableRandom(1), Pictures.buffer(VALUES), 0);
        assertThat(((Target.Masks) target).pixels()).hasSize(SIDE * SIDE);
        assertThat(target.size()).isEqualTo(1);
        checkValidation(found.validation(found.labels(), preprocessing), preprocessing);

        Pictures.write("background\nthing\n", voc.resolve("labels.txt"));
        assertThat(found.labels()).extracting(Label::name).containsExactly("background", "thing");
        TrainingData tooFew = found.training(found.labels(), preprocessing, Augmentation.published());
        assertThatThrownBy(() -> loaded(tooFew, 0))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(
                        voc.resolve("Masks/a.png") + ": has a pixel of class 2, but there are 2 classes");
    }

    @Test
    void aMaskOfAnotherSizeIsRefused() {
        Path voc = data.resolve("VOC2012");
        segmented(voc, 20, 12);
        Pictures.write(Pictures.mask(12, 20), voc.resolve("Masks/a.png"));
        TrainingData training = DatasetFolder.detect(Task.SEGMENTATION, data)
                .training(
                        Labels.pascalVoc21(),
                        Pictures.preprocessing(Preprocessing.Fit.PAD, SIDE, SIDE),
                        Augmentation.published());
        assertThatThrownBy(() -> loaded(training, 0))
                .isInstanceOf(DatasetException.class)
                .hasMessage(voc.resolve("Masks/a.png")
                        + " is 12x20 pixels, its image 20x12; mask and image must be of one size");
    }

    private static void segmented(Path voc, int width, int height) {
        Pictures.write(Pictures.picture(width, height), voc.resolve("JPEGImages/a.png"));
        IndexImage mask = Pictures.mask(width, height);
        mask.indices()[0] = (byte) Target.Masks.VOID;
        Pictures.write(mask, voc.resolve("Masks/a.png"));
        Pictures.write("/JPEGImages/a.png /Masks/a.png\n", voc.resolve("list/train_aug.txt"));
        Pictures.write("/JPEGImages/a.png /Masks/a.png\n", voc.resolve("list/val.txt"));
    }

    @Test
    void idxFiles() {
        IdxFiles.write(data, "train", "-", ".gz", 12, SIDE, SIDE);
        IdxFiles.write(data, "t10k", "-", ".gz", 11, SIDE, SIDE);
        DatasetFolder found = DatasetFolder.detect(Task.CLASSIFICATION, data);
        assertThat(found.layout()).isEqualTo(Layout.IDX);
        assertThat(found.imageSize()).contains(new InputSize(SIDE, SIDE));
        assertThat(found.usualAugmentation()).isEqualTo(Augmentation.forSmall(SIDE));
        assertThat(found.labels()).hasSize(10).startsWith(new Label("0", "0"));

        Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.STRETCH, SIDE, SIDE);
        TrainingData training = found.training(found.labels(), preprocessing, found.usualAugmentation());
        assertThat(training.size()).isEqualTo(12);
        assertThat(loaded(training, 11)).containsExactly(1);
        TrainingData validation = found.validation(found.labels(), preprocessing);
        FloatBuffer input = Pictures.buffer(VALUES);
        validation.load(10, new SplittableRandom(1), input, 0);
        FloatBuffer expected = Pictures.buffer(VALUES);
        IdxImages images = IdxImages.read(data, org.elasticvision.runtime.dataset.layout.Split.VALIDATION);
        new Preprocessor(preprocessing).write(images.image(10), expected, 0);
        assertThat(Pictures.floats(input)).isEqualTo(Pictures.floats(expected));

        Pictures.write("a\nb\n", data.resolve("labels.txt"));
        assertThat(found.labels()).extracting(Label::name).containsExactly("a", "b");
        assertThatThrownBy(() -> found.validation(found.labels(), preprocessing))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("image 2 is of class 2, but there are 2 labels");
    }

    @Test
    void aDamagedImageIsNamed() {
        for (String part : List.of("train", "val")) {
            Pictures.write("not an image", data.resolve(part + "/cat/1.jpg"));
            Pictures.write("nor this", data.resolve(part + "/dog/1.jpg"));
        }
        DatasetFolder found = DatasetFolder.detect(Task.CLASSIFICATION, data);
        TrainingData training = training(found, found.labels());
        assertThatThrownBy(() -> loaded(training, 0))
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith(data.resolve("train/cat/1.jpg").toString());
    }

    private static final Preprocessing STRETCH = Pictures.preprocessing(Preprocessing.Fit.STRETCH, SIDE, SIDE);

    private static TrainingData training(DatasetFolder found, List<Label> labels) {
        return found.training(labels, STRETCH, Augmentation.published());
    }

    @Test
    void oneClassAloneIsRefused() {
        Pictures.write("", data.resolve("train/cat/1.jpg"));
        Pictures.write("", data.resolve("val/cat/1.jpg"));
        Pictures.write("", data.resolve("train/empty/readme.txt"));
        DatasetFolder found = DatasetFolder.detect(Task.CLASSIFICATION, data);
        assertThatThrownBy(() -> training(found, found.labels()))
                .isInstanceOf(DatasetException.class)
                .hasMessage(data + ": has one class only, 'cat', which a network would always answer; add images of"
                        + " another one");
        List<Label> two = List.of(new Label("cat", "cat"), new Label("dog", "dog"));
        assertThatThrownBy(() -> training(found, two))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data + ": all training images are of class 'cat'");
    }

    @Test
    void classesWithoutImagesToLearnFromAreNamed() {
        for (String file : List.of("train/cat/1.jpg", "train/dog/1.jpg", "val/cat/1.jpg", "val/bird/1.jpg")) {
            Pictures.write("", data.resolve(file));
        }
        List<String> notes = new ArrayList<>();
        DatasetFolder found = DatasetFolder.detect(Task.CLASSIFICATION, data, new DatasetOptions(false, notes::add));
        List<Label> labels = found.labels();
        assertThatThrownBy(() -> found.validation(labels, STRETCH))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("class folder 'bird' of 2 is not among");
        List<Label> three = Stream.of("bird", "cat", "dog")
                .map(name -> new Label(name, name))
                .toList();
        assertThat(training(found, three).size()).isEqualTo(2);
        assertThat(notes).containsExactly(data + ": no training images of 'bird'");
        assertThat(loaded(found.validation(three, STRETCH).name(0))).isEqualTo("1.jpg");
    }

    private static String loaded(String name) {
        return Path.of(name).getFileName().toString();
    }

    @Test
    void aValFolderOfOtherNamesIsRefusedUnlessMeant() {
        for (String file : List.of("train/cat/1.jpg", "train/dog/1.jpg", "val/hund/1.jpg", "val/katze/1.jpg")) {
            Pictures.write("", data.resolve(file));
        }
        DatasetFolder found = DatasetFolder.detect(Task.CLASSIFICATION, data);
        assertThatThrownBy(() -> found.validation(found.labels(), STRETCH))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data.resolve("val") + ": class folders 'hund', 'katze' of 2 are not among");
        DatasetFolder meant = DatasetFolder.detect(Task.CLASSIFICATION, data, new DatasetOptions(true, note -> {}));
        assertThat(meant.validation(meant.labels(), STRETCH).size()).isEqualTo(2);
    }

    @Test
    void roboflowAndCocoOfOtherNumbersAreReadByName() {
        coco(
                "train",
                "train",
                "{\"id\": 0, \"name\": \"pets\"}, {\"id\": 1, \"name\": \"cat\"}, {\"id\": 2, \"name\": \"dog\"}");
        coco("valid", "valid", "{\"id\": 1, \"name\": \"dog\"}, {\"id\": 2, \"name\": \"cat\"}");
        DatasetFolder found = DatasetFolder.detect(Task.MULTI_LABEL, data);
        List<Label> labels = found.labels();
        assertThat(labels).extracting(Label::name).containsExactly("cat", "dog");
        assertThat(sets(training(found, labels), 1)).containsExactly(1, 0);
        assertThat(sets(found.validation(labels, STRETCH), 1)).containsExactly(0, 1);
        DatasetFolder parts =
                DatasetFolder.coco(found.coco().get(0), found.coco().get(1), DatasetOptions.defaults());
        assertThat(parts.labels()).isEqualTo(labels);
        assertThat(training(parts, labels).size()).isEqualTo(2);
    }

    @Test
    void labelSetsThatNeverDifferAreRefused() {
        coco("train", "valid", "{\"id\": 1, \"name\": \"cat\"}");
        Pictures.write(
                """
                {"images": [{"id": 1, "file_name": "a.png"}], "categories": [{"id": 1, "name": "cat"}],
                 "annotations": [{"image_id": 1, "category_id": 1}]}
                """,
                data.resolve("train/_annotations.coco.json"));
        coco("valid", "valid", "{\"id\": 1, \"name\": \"cat\"}");
        DatasetFolder found = DatasetFolder.detect(Task.MULTI_LABEL, data);
        assertThatThrownBy(() -> training(found, found.labels()))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data + ": all training images have the same classes ('cat'), which a");
    }

    /** Two images, b.png with an object of category 1. */
    private void coco(String part, String folder, String categories) {
        Pictures.write(Pictures.picture(20, 30, 1), data.resolve(part + "/a.png"));
        Pictures.write(Pictures.picture(30, 20, 2), data.resolve(part + "/b.png"));
        Pictures.write(
                "{\"images\": [{\"id\": 7, \"file_name\": \"a.png\"}, {\"id\": 8, \"file_name\": \"b.png\"}],"
                        + "\"categories\": [" + categories + "],"
                        + "\"annotations\": [{\"image_id\": 8, \"category_id\": 1, \"bbox\": [0, 0, 9, 9]}"
                        + (categories.contains("2")
                                ? ", {\"image_id\": 7, \"category_id\": 2, \"bbox\": [0, 0, 9, 9]}"
                                : "")
                        + "]}",
                data.resolve(folder + "/_annotations.coco.json"));
    }

    private static float[] sets(TrainingData data, int index) {
        return ((Target.LabelSets) data.load(index, new SplittableRandom(1), Pictures.buffer(VALUES), 0)).values();
    }

    @Test
    void masksWithoutObjectsAndTooManyClassesAreRefused() {
        Path voc = data.resolve("VOC2012");
        segmented(voc, 20, 12);
        DatasetFolder found = DatasetFolder.detect(Task.SEGMENTATION, data);
        Preprocessing pad = Pictures.preprocessing(Preprocessing.Fit.PAD, SIDE, SIDE);
        assertThatThrownBy(() -> found.training(Labels.numbered(256), pad, Augmentation.published()))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data + ": has 256 classes, and a mask tells 255 apart");
        assertThatThrownBy(() -> found.training(Labels.numbered(1), pad, Augmentation.published()))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("has one class only, 'class 0'");
        byte[] pixels = new byte[20 * 12];
        Pictures.write(new IndexImage(20, 12, pixels), voc.resolve("Masks/a.png"));
        assertThatThrownBy(() -> found.training(found.labels(), pad, Augmentation.published()))
                .isInstanceOf(DatasetException.class)
                .hasMessage(
                        voc.resolve("Masks/a.png") + " and the other masks: no pixel of any class but 0; a mask holds"
                                + " for each pixel the index of its class");
        pixels[3] = (byte) 255;
        Pictures.write(new IndexImage(20, 12, pixels), voc.resolve("Masks/a.png"));
        assertThatThrownBy(() -> found.validation(found.labels(), pad))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("255 is void and counts nowhere, so where it stands for a class");
    }

    @Test
    void aClassOfTheValidationDataAloneIsNotCalledTheModels() {
        Pictures.write("red", data.resolve("train/cat/1.png"));
        Pictures.write("blue", data.resolve("train/dog/1.png"));
        Pictures.write("red", data.resolve("val/cat/1.png"));
        Pictures.write("blue", data.resolve("val/dgo/1.png"));
        DatasetFolder found = DatasetFolder.detect(Task.CLASSIFICATION, data);
        assertThatThrownBy(() -> found.validation(found.labels(), STRETCH))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(
                        "class folder 'dgo' of 2 is not among the network's 2 classes (such as 'cat'); the"
                                + " network's classes are those of the training data, or of --labels")
                .hasMessageNotContaining("model");
    }

    private static int[] loaded(TrainingData data, int index) {
        return ((Target.Classes) data.load(index, new SplittableRandom(1), Pictures.buffer(VALUES), 0)).labels();
    }

    /** Bit for bit what the runtime feeds the model. */
    private static void checkValidation(TrainingData validation, Preprocessing preprocessing) {
        for (int index = 0; index < validation.size(); index++) {
            FloatBuffer input = Pictures.buffer(VALUES);
            validation.load(index, new SplittableRandom(1), input, 0);
            FloatBuffer expected = Pictures.buffer(VALUES);
            new Preprocessor(preprocessing)
                    .write(
                            ImageSource.of(Path.of(validation.name(index))).decode(Orientation.IGNORE_EXIF),
                            expected,
                            0);
            assertThat(Pictures.floats(input)).isEqualTo(Pictures.floats(expected));
        }
    }
}
