package org.elasticvision.train.data;

import java.nio.file.Path;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What {@link DatasetFolder} says of a folder that is not laid out as any data set that it reads. */
class UnknownLayoutsTest {
    @TempDir
    private Path root;

    private Path data;

    @BeforeEach
    void folder() {
        data = root.resolve("data");
        Pictures.write("", data.resolve("README"));
    }

    @ParameterizedTest
    @CsvSource({
        "CLASSIFICATION, train.csv images/a.jpg, labels in a .csv file are not read",
        "CLASSIFICATION, data.yaml train/images/a.jpg valid/images/a.jpg, looks like YOLO",
        "MULTI_LABEL, train/images/a.jpg train/labels/a.txt, looks like YOLO",
        "MULTI_LABEL, a.json a.jpg, LabelMe",
        "SEGMENTATION, annotations.xml images/a.jpg, CVAT",
        "CLASSIFICATION, Annotations/a.xml JPEGImages/a.jpg, PASCAL VOC boxes",
        "CLASSIFICATION, train/_annotations.coco.json train/a.jpg valid/a.jpg, --task multilabel",
        "CLASSIFICATION, photos.zip, unpack them first",
        "CLASSIFICATION, VOC2012/JPEGImages/a.jpg VOC2012/SegmentationClass/a.png, --task segmentation",
        "SEGMENTATION, JPEGImages/a.jpg SegmentationClass/a.png, ImageSets/Segmentation/train.txt and val.txt",
        "CLASSIFICATION, flowers/train/rose/a.jpg flowers/val/rose/b.jpg, one folder further in: give",
        "SEGMENTATION, archive/VOC2012/JPEGImages/a.jpg archive/VOC2012/SegmentationClass/a.png, further in",
        "SEGMENTATION, VOCdevkit/VOC2012/JPEGImages/a.jpg VOCdevkit/VOC2012/SegmentationClass/a.png, looks like PASCAL VOC",
        "CLASSIFICATION, data/train-0000.parquet train.parquet, packed tables",
    })
    void dataOfOtherToolsIsCalledWhatItIs(Task task, String files, String message) {
        for (String file : files.split(" ")) {
            Pictures.write("", data.resolve(file));
        }
        assertThatThrownBy(() -> DatasetFolder.detect(task, data))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void aPartOfADataSetIsCalledThat() {
        Pictures.write("", data.resolve("train/cat/1.jpg"));
        Pictures.write("", data.resolve("val/cat/1.jpg"));
        assertThatThrownBy(() -> DatasetFolder.detect(Task.CLASSIFICATION, data.resolve("train")))
                .isInstanceOf(DatasetException.class)
                .hasMessageEndingWith("this is one part of a data set: give the folder above, " + data);
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(() -> DatasetFolder.detect(Task.CLASSIFICATION, data))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data + ": has no train, no val; expected for classification train/CLASS/")
                .hasMessageContaining("train-images-idx3-ubyte");
        Pictures.write("", data.resolve("train/cat/1.jpg"));
        assertThatThrownBy(() -> DatasetFolder.detect(Task.CLASSIFICATION, data))
                .hasMessageStartingWith(data + ": has no val; expected");
        assertThatThrownBy(() -> DatasetFolder.detect(Task.MULTI_LABEL, data))
                .hasMessageStartingWith(data + ": has no annotations/instances_train2014.json, no train2014, ");
        Pictures.write("", data.resolve("annotations/instances_train2017.json"));
        assertThatThrownBy(() -> DatasetFolder.detect(Task.MULTI_LABEL, data))
                .hasMessageStartingWith(
                        data + ": has no train2017, no annotations/instances_val2017.json, no val2017;");
        Pictures.write("", data.resolve("VOC2012/list/val.txt"));
        assertThatThrownBy(() -> DatasetFolder.detect(Task.SEGMENTATION, data))
                .hasMessageStartingWith(data + ": has no VOC2012/list/train_aug.txt; expected for segmentation");
        Pictures.write("", data.resolve("train-images.idx3-ubyte"));
        assertThatThrownBy(() -> DatasetFolder.detect(Task.CLASSIFICATION, data))
                .hasMessageStartingWith(data + ": has no train-labels-idx1-ubyte (or with .gz)");
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void aMissingFolderIsSaid(Task task) {
        assertThatThrownBy(() -> DatasetFolder.detect(task, data.resolve("none")))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data.resolve("none") + " does not exist");
    }
}
