package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.DatasetException;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImageFolderTest {
    private static final List<Label> PETS = Trees.labels("n03=cat", "n01=dog", "n02=bird");

    @TempDir
    private Path data;

    @Test
    void foldersNamedByIdGetThatClass() {
        Trees.touch(data, "n01/b.JPEG", "n01/a.jpg", "n03/c.png");
        assertThat(ImageFolder.read(data, PETS))
                .containsExactly(image("n01/a.jpg", 1), image("n01/b.JPEG", 1), image("n03/c.png", 0));
    }

    @Test
    void foldersNamedByNameGetThatClass() {
        Trees.touch(data, "cat/a.jpg", "bird/a.jpg", "dog/a.jpg");
        assertThat(ImageFolder.read(data, PETS))
                .containsExactly(image("bird/a.jpg", 2), image("cat/a.jpg", 0), image("dog/a.jpg", 1));
    }

    @Test
    void otherFoldersGetTheirPlaceInCodePointOrder() {
        // UTF-16, Java's own order, would put the emoji (surrogates) before the full-width letter.
        Trees.touch(data, "\uFF21/a.jpg", "Z/a.jpg", "\uD83D\uDC31/a.jpg");
        assertThat(ImageFolder.read(data, PETS))
                .containsExactly(image("Z/a.jpg", 0), image("\uFF21/a.jpg", 1), image("\uD83D\uDC31/a.jpg", 2));
    }

    @Test
    void theValidationFolderIsFound() {
        Trees.touch(data, "val/cat/a.jpg", "train/dog/b.jpg");
        assertThat(ImageFolder.read(data, PETS)).containsExactly(image("val/cat/a.jpg", 0));
        assertThat(ImageFolder.read(data, PETS, Split.TRAINING)).containsExactly(image("train/dog/b.jpg", 1));
    }

    @Test
    void imagesAreFoundByExtensionAndHiddenFilesPassedOver() throws IOException {
        Trees.touch(data, "cat/a.JPG", "cat/b.jpeg", "cat/c.png", "cat/d.ppm", "cat/e.BMP", "cat/f.pgm", "cat/g.tif");
        Trees.touch(data, "cat/h.tiff", "cat/i.WebP", "cat/deep/er/k.jpg");
        Trees.touch(data, "cat/notes.txt", "cat/jpg", "cat/._a.jpg", "cat/.hidden/a.jpg", ".git/a.jpg", "readme.jpg");
        Files.createDirectory(data.resolve("cat/folder.jpg"));
        assertThat(ImageFolder.read(data, PETS).stream()
                        .map(sample ->
                                data.resolve("cat").relativize(sample.image()).toString()))
                .containsExactly(
                        "a.JPG",
                        "b.jpeg",
                        "c.png",
                        "d.ppm",
                        "e.BMP",
                        "f.pgm",
                        "g.tif",
                        "h.tiff",
                        "i.WebP",
                        "deep/er/k.jpg");
    }

    @Test
    void aFewImagenetFoldersSuffice() {
        Trees.touch(data, "n01443537/a.JPEG", "n15075141/b.JPEG");
        assertThat(ImageFolder.read(data, Labels.imagenet1k()))
                .containsExactly(image("n01443537/a.JPEG", 1), image("n15075141/b.JPEG", 999));
    }

    @Test
    void aNameOfTwoClassesIsNoAnswer() {
        Trees.touch(data, "crane/a.jpg");
        assertThatThrownBy(() -> ImageFolder.read(data, Labels.imagenet1k()))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("'crane'");
    }

    @Test
    void unknownFoldersAreListed() {
        Trees.touch(data, "a/1.jpg", "b/1.jpg", "c/1.jpg", "cat/1.jpg", "d/1.jpg", "e/1.jpg", "f/1.jpg", "g/1.jpg");
        assertThatThrownBy(() -> ImageFolder.read(data, PETS))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data + ": class folder 'a', 'b', 'c', 'd', 'e' and 2 more of 8 not among")
                .hasMessageContaining("id 'n03', name 'cat'")
                .message()
                .hasLineCount(1)
                .doesNotContain("'f'");
    }

    @Test
    void asManyFoldersOfWhichOnlySomeFitAreNotPairedByOrder() {
        Trees.touch(data, "bird/1.jpg", "cat/1.jpg", "horse/1.jpg");
        assertThatThrownBy(() -> ImageFolder.read(data, PETS))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("class folder 'horse' of 3");
    }

    @Test
    void noImagesNoFoldersAndNoDataAreErrors() throws IOException {
        assertThatThrownBy(() -> ImageFolder.read(data.resolve("none"), PETS))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data.resolve("none") + " does not exist");
        Trees.touch(data, "a.jpg");
        assertThatThrownBy(() -> ImageFolder.read(data, PETS))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data + ": no folders in it");
        Files.createDirectory(data.resolve("cat"));
        assertThatThrownBy(() -> ImageFolder.read(data, PETS))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data + ": no images in its 1 folders")
                .hasMessageContaining("jpeg");
    }

    @Test
    void foldersGiveTheLabelsOfANewNetwork() {
        Trees.touch(data, "train/b/1.jpg", "train/B/1.jpg", "train/a/1.jpg");
        assertThat(ImageFolder.labels(data, Split.TRAINING)).isEqualTo(Trees.labels("B=B", "a=a", "b=b"));
    }

    private ClassifiedImage image(String file, int classIndex) {
        return new ClassifiedImage(data.resolve(file), classIndex);
    }
}
