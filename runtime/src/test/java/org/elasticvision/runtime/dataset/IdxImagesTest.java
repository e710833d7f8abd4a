package org.elasticvision.runtime.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class IdxImagesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"-, ''", "., ''", "-, .gz", "., .gz"})
    void readsEverySpelling(String separator, String ending) {
        IdxFiles.write(folder, "train", separator, ending, 12, 5, 7);
        IdxFiles.write(folder, "t10k", separator, ending, 3, 5, 7);
        IdxImages images = IdxImages.read(folder, Split.TRAINING);
        assertThat(images.count()).isEqualTo(12);
        assertThat(images.size()).isEqualTo(new InputSize(5, 7));
        assertThat(images.classIndex(11)).isEqualTo(1);
        assertThat(images.numbers()).hasSize(10).startsWith(new Label("0", "0")).endsWith(new Label("9", "9"));
        byte[] grey = images.image(11).pixels();
        for (int i = 0; i < grey.length; i++) {
            assertThat(grey[i]).isEqualTo(IdxFiles.level(11, i / 3));
        }
        assertThat(images.name(11))
                .isEqualTo(folder.resolve("train-images" + separator + "idx3-ubyte" + ending) + ": image 11");
        assertThat(IdxImages.read(folder, Split.VALIDATION).count()).isEqualTo(3);
    }

    /** Debian and others unpack the files and leave the name, or the other way round. */
    @Test
    void compressionIsSeenNotBelieved() throws IOException {
        IdxFiles.write(folder.resolve("train-images-idx3-ubyte"), IdxFiles.zip(IdxFiles.encode(new byte[6], 1, 2, 3)));
        IdxFiles.write(folder.resolve("train-labels-idx1-ubyte"), IdxFiles.encode(new byte[1], 1));
        assertThat(IdxImages.read(folder, Split.TRAINING).size()).isEqualTo(new InputSize(2, 3));
    }

    static Stream<Arguments> broken() {
        int large = Integer.MAX_VALUE;
        return Stream.of(
                arguments(new byte[0], "is not an IDX file"),
                arguments(new byte[] {0, 0, 8}, "is not an IDX file"),
                arguments(IdxFiles.encode(new byte[6], 6), "is not an IDX file"),
                arguments(new byte[] {0, 0, 9, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5}, "is not an IDX file"),
                arguments(Arrays.copyOf(IdxFiles.encode(new byte[6], 1, 2, 3), 15), "is cut off (in its header)"),
                arguments(IdxFiles.encode(new byte[5], 1, 2, 3), "is cut off (it has 5 of 6 values)"),
                arguments(IdxFiles.encode(new byte[7], 1, 2, 3), "has more than the 6 values"),
                arguments(IdxFiles.encode(new byte[6], 0, 2, 3), "says it has 0x2x3 values"),
                arguments(IdxFiles.encode(new byte[6], -1, 2, 3), "says it has 4294967295x2x3 values"),
                arguments(IdxFiles.encode(new byte[6], large, large, large), "says it has 2147483647x2147483647x"),
                arguments(IdxFiles.encode(new byte[6], 70_000, 70_000, 1), "says it has 70000x70000x1 values"),
                arguments(IdxFiles.encode(new byte[6], 1000, 1000, 1000), "is cut off (it has 6 of 1000000000 values)"),
                arguments(IdxFiles.encode(new byte[9_000], 1, 1, 9_000), "at most 8192 a side"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void refusesWhatIsNotWhole(byte[] bytes, String message) throws IOException {
        IdxFiles.write(folder.resolve("train-labels-idx1-ubyte"), IdxFiles.encode(new byte[1], 1));
        Path plain = IdxFiles.write(folder.resolve("train-images-idx3-ubyte"), bytes);
        refused(plain, message);
        IdxFiles.write(plain, IdxFiles.zip(bytes));
        refused(plain, message);
    }

    @Test
    void refusesABrokenArchive() throws IOException {
        IdxFiles.write(folder.resolve("train-labels-idx1-ubyte"), IdxFiles.encode(new byte[1], 1));
        byte[] zipped = IdxFiles.zip(IdxFiles.encode(new byte[600], 6, 10, 10));
        Path file = IdxFiles.write(folder.resolve("train-images-idx3-ubyte"), Arrays.copyOf(zipped, zipped.length / 2));
        refused(file, "cannot be read");
    }

    @Test
    void imagesAndLabelsMustBelongTogether() {
        IdxFiles.write(folder, "train", "-", "", 4, 2, 2);
        IdxFiles.write(folder.resolve("train-labels-idx1-ubyte"), IdxFiles.encode(new byte[3], 3));
        refused(folder.resolve("train-images-idx3-ubyte"), "has 4 images, but " + folder);
        assertThatThrownBy(() -> IdxImages.read(folder, Split.VALIDATION))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(folder + ": has no t10k-images-idx3-ubyte");
    }

    @Test
    void everyClassNeedsALabel() {
        IdxFiles.write(folder, "train", "-", "", 12, 2, 2);
        IdxImages images = IdxImages.read(folder, Split.TRAINING);
        images.requireClasses(10);
        assertThatThrownBy(() -> images.requireClasses(9))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("image 9 is of class 9, but there are 9 labels");
    }

    private void refused(Path file, String message) {
        assertThatThrownBy(() -> IdxImages.read(folder, Split.TRAINING))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }
}
