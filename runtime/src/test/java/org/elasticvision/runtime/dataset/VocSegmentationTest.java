package org.elasticvision.runtime.dataset;

import java.nio.file.Path;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.Split;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VocSegmentationTest {
    @TempDir
    private Path data;

    private Path root;

    @BeforeEach
    void images() {
        root = data.resolve("VOC2012");
        Trees.touch(root, "JPEGImages/b.jpg", "JPEGImages/a.jpg", "Masks/b.png", "Masks/a.png");
        Trees.touch(data, "outside.jpg");
    }

    @Test
    void imagesAreListedInTheListsOrder() {
        list("/JPEGImages/b.jpg /Masks/b.png\n\n  JPEGImages/a.jpg\t/Masks/a.png\r\n");
        assertThat(VocSegmentation.read(data)).containsExactly(sample(root, "b"), sample(root, "a"));
        assertThat(VocSegmentation.read(root)).isEqualTo(VocSegmentation.read(data));
    }

    @Test
    void aByteOrderMarkAndEmptyLastLinesDoNotMatter() {
        list("\uFEFF/JPEGImages/b.jpg /Masks/b.png\r\n/JPEGImages/a.jpg /Masks/a.png\r\n\r\n \r\n");
        assertThat(VocSegmentation.read(data)).containsExactly(sample(root, "b"), sample(root, "a"));
    }

    @Test
    void theTrainingListIsTheAugmentedOne() {
        Trees.write(root.resolve("list/train_aug.txt"), "/JPEGImages/a.jpg /Masks/a.png\n");
        assertThat(VocSegmentation.read(data, Split.TRAINING)).containsExactly(sample(root, "a"));
    }

    @Test
    void missingFilesAreNamedWithTheirLine() {
        list("/JPEGImages/a.jpg /Masks/a.png\n/JPEGImages/b.jpg /Masks/none.png\n/JPEGImages/none.jpg /Masks/b.png");
        assertThatThrownBy(() -> VocSegmentation.read(data))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("val.txt: line 2: " + root.resolve("Masks/none.png") + " is missing")
                .hasMessageContaining("(and 1 more of 6)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/../outside.jpg", "../outside.jpg", "/JPEGImages/../../outside.jpg", "/", "/JPEGImages/.."})
    void pathsMustStayInside(String path) {
        list("/JPEGImages/a.jpg /Masks/a.png\n" + path + " /Masks/a.png\n");
        assertThatThrownBy(() -> VocSegmentation.read(data))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("val.txt: line 2: ");
    }

    @Test
    void aPathThatLeavesTheFolderIsCalledThat() {
        list("/../outside.jpg /Masks/a.png\n");
        assertThatThrownBy(() -> VocSegmentation.read(data))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("line 1: '../outside.jpg' is not inside " + root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/JPEGImages/a.jpg", "/JPEGImages/a.jpg /Masks/a.png /more"})
    void aLineIsTwoPaths(String line) {
        list(line);
        assertThatThrownBy(() -> VocSegmentation.read(data))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("line 1: expected two paths");
    }

    @Test
    void missingAndEmptyListsAreNamed() {
        assertThatThrownBy(() -> VocSegmentation.read(data))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(root.resolve("list/val.txt") + " does not exist");
        list("\n");
        assertThatThrownBy(() -> VocSegmentation.read(data))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> VocSegmentation.read(data.resolve("none")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("does not exist");
    }

    private void list(String text) {
        Trees.write(root.resolve("list/val.txt"), text);
    }

    private static SegmentedImage sample(Path root, String name) {
        return new SegmentedImage(root.resolve("JPEGImages/" + name + ".jpg"), root.resolve("Masks/" + name + ".png"));
    }
}
