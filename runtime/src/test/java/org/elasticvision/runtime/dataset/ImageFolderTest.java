package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void namesMayDifferInCaseUnderscoresAccentsAndBeOneOfSeveral() {
        List<Label> labels = Trees.labels("n1=great white shark, white shark", "n2=Caf\u00e9", "n3=tench, Tinca tinca");
        Trees.touch(data, "Great_White-Shark/a.jpg", "cafe\u0301/a.jpg", "tinca  tinca/a.jpg");
        assertThat(ImageFolder.read(data, labels))
                .containsExactly(
                        image("Great_White-Shark/a.jpg", 0),
                        image("cafe\u0301/a.jpg", 1),
                        image("tinca  tinca/a.jpg", 2));
    }

    @Test
    void wordNetIdsAreFoundInAModelThatOnlyHasTheNames() {
        List<Label> names = Labels.imagenet1k().stream()
                .map(label -> label.name().split(",", 2)[0])
                .map(name -> new Label(name, name))
                .toList();
        Trees.touch(data, "n01440764/a.jpg", "n15075141/b.jpg");
        assertThat(ImageFolder.read(data, names))
                .containsExactly(image("n01440764/a.jpg", 0), image("n15075141/b.jpg", 999));
        Trees.touch(data, "n02012849/a.jpg", "n03126707/a.jpg"); // the two cranes, both or none
        assertThat(ImageFolder.read(data, names))
                .contains(image("n02012849/a.jpg", 134), image("n03126707/a.jpg", 517));
    }

    @Test
    void foldersOfOtherNamesAreRefusedAndGetTheirPlaceOnlyWhereThatIsMeant() {
        // UTF-16, Java's own order, would put the emoji (surrogates) before the full-width letter.
        Trees.touch(data, "\uFF21/a.jpg", "Z/a.jpg", "\uD83D\uDC31/a.jpg");
        assertThatThrownBy(() -> ImageFolder.read(data, PETS))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(
                        data + ": class folders 'Z', '\uFF21', '\uD83D\uDC31' of 3 are not among the model's 3")
                .hasMessageContaining(
                        "--by-order if the first, 'Z', is its 'cat', the last, '\uD83D\uDC31', its 'bird'");
        assertThat(byOrder(PETS))
                .containsExactly(image("Z/a.jpg", 0), image("\uFF21/a.jpg", 1), image("\uD83D\uDC31/a.jpg", 2));
        assertThatThrownBy(() -> byOrder(Trees.labels("a=a", "b=b")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("there are 3 class folders and the model has 2 classes");
    }

    private List<ClassifiedImage> byOrder(List<Label> labels) {
        return ImageFolder.read(data, labels, Split.VALIDATION, new DatasetOptions(true, note -> {}));
    }

    @Test
    void numbersGoByOrderIfTextAndNumbersAgreeOnIt() {
        Trees.touch(data, "1/a.jpg", "2/a.jpg", "3/a.jpg");
        assertThat(ImageFolder.read(data, PETS))
                .extracting(ClassifiedImage::classIndex)
                .containsExactly(0, 1, 2);
        assertThat(ImageFolder.read(data, Labels.numbered(3)))
                .extracting(ClassifiedImage::classIndex)
                .containsExactly(0, 1, 2);
        Trees.touch(data, "4/a.jpg", "5/a.jpg", "6/a.jpg", "7/a.jpg", "8/a.jpg", "9/a.jpg", "10/a.jpg");
        List<Label> letters = Trees.labels("a=a", "b=b", "c=c", "d=d", "e=e", "f=f", "g=g", "h=h", "i=i", "j=j");
        assertThatThrownBy(() -> ImageFolder.read(data, letters))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("class folders '1', '10', '2'");
        assertThat(byOrder(letters).get(1)).isEqualTo(image("10/a.jpg", 1));
    }

    @Test
    void aModelThatOnlyCountsItsClassesTakesFoldersInOrder() {
        Trees.touch(data, "cat/a.jpg", "dog/a.jpg");
        assertThat(ImageFolder.read(data, Labels.numbered(2)))
                .containsExactly(image("cat/a.jpg", 0), image("dog/a.jpg", 1));
    }

    @Test
    void aNameThatIsAnotherClassesIdIsNoAnswer() {
        Trees.touch(data, "2/a.jpg");
        assertThatThrownBy(() -> ImageFolder.read(data, Trees.labels("1=2", "2=1")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("class folder '2' (which may be any of 2 classes)");
        Trees.touch(data, "1/a.jpg");
        assertThatThrownBy(() -> ImageFolder.read(data, Trees.labels("1=2", "2=1")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("class folders '1' (which may be any of 2 classes), '2'");
    }

    @Test
    void twoFoldersOfOneClassAreRefused() {
        Trees.touch(data, "Cat/a.jpg", "cat/a.jpg");
        assertThatThrownBy(() -> ImageFolder.read(data, PETS))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("'Cat' and 'cat' are both the model's class 'cat'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"val", "valid", "validation", "Val", "VALID"})
    void theValidationFolderIsFound(String name) {
        Trees.touch(data, name + "/cat/a.jpg", "train/dog/b.jpg");
        assertThat(ImageFolder.read(data, PETS)).containsExactly(image(name + "/cat/a.jpg", 0));
        assertThat(ImageFolder.read(data, PETS, Split.TRAINING, DatasetOptions.defaults()))
                .containsExactly(image("train/dog/b.jpg", 1));
    }

    @Test
    void twoValidationFoldersAreAQuestion() {
        Trees.touch(data, "val/cat/a.jpg", "valid/cat/a.jpg");
        assertThatThrownBy(() -> ImageFolder.read(data, PETS))
                .isInstanceOf(DatasetException.class)
                .hasMessage(data + ": has 'val' and 'valid', which both may be the validation images; rename one");
    }

    @Test
    void aClassMayBeCalledValid() {
        Trees.touch(data, "valid/a.jpg", "invalid/b.jpg");
        assertThat(ImageFolder.read(data, Trees.labels("valid=valid", "invalid=invalid")))
                .containsExactly(image("invalid/b.jpg", 1), image("valid/a.jpg", 0));
    }

    @ParameterizedTest
    @CsvSource({
        "train/a.jpg test/a.jpg, has no folder 'val'",
        "annotations/instances_val2017.json train2017/a.jpg val2017/a.jpg, this looks like MSCOCO",
        "train/_annotations.coco.json train/a.jpg valid/a.jpg, --task multilabel",
        "images/a.jpg labels/a.txt, YOLO",
        "train/images/a.jpg train/labels/a.txt, YOLO",
    })
    void foldersOfPartsAreNotClasses(String files, String message) {
        Trees.touch(data, files.split(" "));
        assertThatThrownBy(() -> ImageFolder.read(data, Labels.numbered(2)))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(data + ": has no folder 'val' with a folder for each class in it")
                .hasMessageContaining(message);
    }

    @Test
    void foldersWithoutImagesAreNoClassesAndAreNamed() throws IOException {
        Trees.touch(data, "cat/a.jpg", "dog/a.jpg", "__MACOSX/cat/._a.jpg", ".ipynb_checkpoints/b.jpg");
        Trees.touch(data, "notes/readme.txt", "@eaDir/cat/a.jpg/SYNOPHOTO_THUMB_M.jpg", "dog/@eaDir/b.jpg");
        Files.createDirectory(data.resolve("bird"));
        List<String> notes = new ArrayList<>();
        assertThat(ImageFolder.read(data, PETS, Split.VALIDATION, new DatasetOptions(false, notes::add)))
                .containsExactly(image("cat/a.jpg", 0), image("dog/a.jpg", 1));
        assertThat(notes).containsExactly(data + ": passed over, without images: 'bird', 'notes'");
        assertThat(ImageFolder.labels(data, Split.TRAINING)).isEqualTo(Trees.labels("cat=cat", "dog=dog"));
    }

    @Test
    void linksAreFollowedAndDeadOnesNamed() throws IOException {
        Trees.touch(data, "kept/felis/a.jpg", "data/dog/b.jpg");
        Path link = Files.createSymbolicLink(data.resolve("data/cat"), data.resolve("kept/felis"));
        assertThat(ImageFolder.read(data.resolve("data"), PETS))
                .containsExactly(image("data/cat/a.jpg", 0), image("data/dog/b.jpg", 1));
        Files.delete(data.resolve("kept/felis/a.jpg"));
        Files.delete(data.resolve("kept/felis"));
        assertThatThrownBy(() -> ImageFolder.read(data.resolve("data"), PETS))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(link + ": is a link to something that does not exist");
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
                .hasMessageStartingWith(data + ": class folders 'a', 'b', 'c', 'd', 'e' and 2 more of 8 are not among")
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
