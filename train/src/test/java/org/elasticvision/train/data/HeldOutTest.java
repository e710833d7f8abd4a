package org.elasticvision.train.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.IdxFiles;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.transform.Augmentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Data without a validation part: which images are held out, in every layout. */
class HeldOutTest {
    private static final Preprocessing STRETCH = Pictures.preprocessing(Preprocessing.Fit.STRETCH, 16, 16);

    @TempDir
    private Path data;

    private static DatasetFolder open(Task task, Path folder, double share, long seed) {
        return DataSource.of(folder)
                .withHeldOut(Optional.of(new HeldOut(share, seed)))
                .open(task, note -> {});
    }

    private void classes(Path root, int cats, int dogs) {
        for (int i = 0; i < cats + dogs; i++) {
            Pictures.write(Pictures.picture(20, 16, i), root.resolve((i < cats ? "cat/" : "dog/") + i + ".png"));
        }
    }

    private static List<String> names(TrainingData part) {
        return IntStream.range(0, part.size()).mapToObj(part::name).toList();
    }

    private static Map<Integer, Long> kinds(TrainingData part) {
        return IntStream.range(0, part.size())
                .boxed()
                .collect(Collectors.groupingBy(part::kind, Collectors.counting()));
    }

    @Test
    void aFolderOfClassesIsSplitWithinEachClass() {
        classes(data, 20, 10);
        assertThat(DatasetFolder.task(data)).isEqualTo(Task.CLASSIFICATION);
        assertThat(DatasetFolder.lacksValidation(Task.CLASSIFICATION, data)).isTrue();
        DatasetFolder found = open(Task.CLASSIFICATION, data, 0.2, 1);
        List<Label> labels = found.labels();
        assertThat(labels).extracting(Label::name).containsExactly("cat", "dog");
        TrainingData training = found.training(labels, STRETCH, Augmentation.none());
        TrainingData validation = found.validation(labels, STRETCH);
        assertThat(kinds(validation)).isEqualTo(Map.of(0, 4L, 1, 2L));
        assertThat(kinds(training)).isEqualTo(Map.of(0, 16L, 1, 8L));
        List<String> both = new ArrayList<>(names(training));
        both.addAll(names(validation));
        assertThat(both).doesNotHaveDuplicates().hasSize(30);

        Target target = validation.load(5, new SplittableRandom(1), Pictures.buffer(3 * 256), 0);
        assertThat(((Target.Classes) target).labels()).as("its own class").containsExactly(1);
    }

    @Test
    void theSeedAloneSaysWhichImages() {
        classes(data, 20, 10);
        List<Label> labels = open(Task.CLASSIFICATION, data, 0.2, 1).labels();
        List<String> first = names(open(Task.CLASSIFICATION, data, 0.2, 1).validation(labels, STRETCH));
        assertThat(names(open(Task.CLASSIFICATION, data, 0.2, 1).validation(labels, STRETCH)))
                .isEqualTo(first);
        assertThat(names(open(Task.CLASSIFICATION, data, 0.2, 2).validation(labels, STRETCH)))
                .isNotEqualTo(first);
    }

    @Test
    void aClassKeepsAnImageToLearnFromAndOfOneImageNoneIsHeldOut() {
        classes(data, 2, 1);
        DatasetFolder found = open(Task.CLASSIFICATION, data, 0.9, 1);
        List<Label> labels = found.labels();
        assertThat(kinds(found.training(labels, STRETCH, Augmentation.none()))).isEqualTo(Map.of(0, 1L, 1, 1L));
        assertThat(kinds(found.validation(labels, STRETCH))).isEqualTo(Map.of(0, 1L));
        Pictures.write(Pictures.picture(9, 9), data.resolve("single/a/1.png"));
        Pictures.write(Pictures.picture(9, 9), data.resolve("single/b/1.png"));
        DatasetFolder none = open(Task.CLASSIFICATION, data.resolve("single"), 0.1, 1);
        assertThatThrownBy(() -> none.validation(none.labels(), STRETCH))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("no class has two images, so none can be held out");
        assertThatThrownBy(() -> new HeldOut(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation share 0.0 must be above 0 and below 1");
    }

    @Test
    void aTrainFolderWithoutValIsSplitAndOneWithValIsNot() {
        classes(data.resolve("train"), 10, 10);
        assertThat(DatasetFolder.lacksValidation(Task.CLASSIFICATION, data)).isTrue();
        DatasetFolder found = open(Task.CLASSIFICATION, data, 0.1, 1);
        assertThat(found.validation(found.labels(), STRETCH).size()).isEqualTo(2);
        classes(data.resolve("val"), 1, 1);
        assertThat(DatasetFolder.lacksValidation(Task.CLASSIFICATION, data)).isFalse();
        assertThatThrownBy(() -> open(Task.CLASSIFICATION, data, 0.1, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessage(data + ": has validation images of its own; leave --val-split out");
    }

    @Test
    void idxFilesAndMscocoAreSplitToo() {
        Path digits = data.resolve("digits");
        Pictures.write("", digits.resolve("README"));
        IdxFiles.write(digits, "train", "-", "", 40, 16, 16);
        DatasetFolder idx = open(Task.CLASSIFICATION, digits, 0.25, 1);
        assertThat(idx.imageSize()).isPresent();
        assertThat(kinds(idx.validation(idx.labels(), STRETCH)).values())
                .containsOnly(1L)
                .hasSize(10);

        Path coco = data.resolve("coco");
        StringBuilder images = new StringBuilder();
        StringBuilder objects = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            Pictures.write(Pictures.picture(12, 12, i), coco.resolve("train/" + i + ".png"));
            images.append(i == 0 ? "" : ",").append("{\"id\": " + i + ", \"file_name\": \"" + i + ".png\"}");
            objects.append(i == 0 ? "" : ",")
                    .append("{\"image_id\": " + i + ", \"category_id\": " + (i % 2) + ", \"bbox\": [0, 0, 5, 5]}");
        }
        Pictures.write(
                "{\"images\": [" + images + "], \"annotations\": [" + objects
                        + "], \"categories\": [{\"id\": 0, \"name\": \"a\"}, {\"id\": 1, \"name\": \"b\"}]}",
                coco.resolve("train/_annotations.coco.json"));
        assertThat(DatasetFolder.task(coco)).isEqualTo(Task.MULTI_LABEL);
        DatasetFolder sets = open(Task.MULTI_LABEL, coco, 0.25, 1);
        assertThat(sets.validation(sets.labels(), STRETCH).size()).isEqualTo(2);
        assertThat(sets.training(sets.labels(), STRETCH, Augmentation.none()).size())
                .isEqualTo(6);
    }

    @Test
    void pascalsOwnArchiveIsReadFromAnyOfItsFolders() {
        Path voc = data.resolve("VOCdevkit/VOC2012");
        for (int i = 0; i < 4; i++) {
            Pictures.write(Pictures.picture(20, 12, i), voc.resolve("JPEGImages/" + i + ".jpg"));
            byte[] classes = new byte[20 * 12];
            for (int at = 0; at < classes.length; at++) {
                classes[at] = (byte) (at % 4 == 3 ? 255 : at % (i + 2));
            }
            Pictures.write(new IndexImage(20, 12, classes), voc.resolve("SegmentationClass/" + i + ".png"));
        }
        Pictures.write("0\n1\n2\n", voc.resolve("ImageSets/Segmentation/train.txt"));
        for (Path given : List.of(data, data.resolve("VOCdevkit"), voc)) {
            assertThat(DatasetFolder.task(given)).isEqualTo(Task.SEGMENTATION);
            DatasetFolder found = open(Task.SEGMENTATION, given, 0.34, 1);
            assertThat(found.labels()).as("0 to 2, and void").isEqualTo(Labels.numbered(3));
            Preprocessing pad = Pictures.preprocessing(Preprocessing.Fit.PAD, 16, 16);
            assertThat(found.validation(found.labels(), pad).size()).isEqualTo(1);
        }
        assertThatThrownBy(() -> DatasetFolder.detect(Task.SEGMENTATION, data))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("has no VOCdevkit/VOC2012/ImageSets/Segmentation/val.txt; expected");
        Pictures.write("3\n", voc.resolve("ImageSets/Segmentation/val.txt"));
        DatasetFolder whole = DatasetFolder.detect(Task.SEGMENTATION, data, DatasetOptions.defaults());
        assertThat(whole.labels()).isEqualTo(Labels.numbered(3));
        byte[] all = new byte[25];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) Math.min(i, 20);
        }
        Pictures.write(new IndexImage(5, 5, all), voc.resolve("SegmentationClass/0.png"));
        assertThat(whole.labels()).as("as many as Pascal's").isEqualTo(Labels.pascalVoc21());
    }
}
