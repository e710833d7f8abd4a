package org.elasticvision.runtime.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PngFilesTest {
    @TempDir
    Path folder;

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(7).nextBytes(noise);
        return noise;
    }

    @Test
    void aWrittenPictureIsReadBack() {
        RgbImage image = new RgbImage(31, 17, noise(3 * 31 * 17));
        Path file = folder.resolve("picture.png");
        PngFiles.write(image, file);
        Golden.assertSame(ImageSource.of(file).decode(Orientation.APPLY_EXIF), image, 0);
    }

    @Test
    void aMaskKeepsItsIndicesAndShowsItsPalette() throws IOException {
        IndexImage mask = new IndexImage(40, 9, noise(360));
        byte[] palette = noise(768);
        Path file = folder.resolve("mask.png");
        PngFiles.write(mask, palette, file);
        assertThat(PngFiles.readIndices(file).indices()).isEqualTo(mask.indices());
        int index = mask.indices()[0] & 0xFF;
        assertThat(ImageIO.read(file.toFile()).getRGB(0, 0))
                .isEqualTo(0xFF000000
                        | (palette[3 * index] & 0xFF) << 16
                        | (palette[3 * index + 1] & 0xFF) << 8
                        | (palette[3 * index + 2] & 0xFF));
    }

    @Test
    void aWrittenFileReplacesTheOldOneAndLeavesNothingBeside() throws IOException {
        Path file = Files.writeString(folder.resolve("mask.png"), "old");
        PngFiles.write(new IndexImage(1, 1, new byte[] {(byte) 255}), new byte[768], file);
        assertThat(PngFiles.readIndices(file).indices()).containsExactly((byte) 255);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void greyLevelsAreIndices() {
        RgbImage image = Golden.image("gray.png");
        assertThat(PngFiles.readIndices(Golden.file("gray.png")).indices()).isEqualTo(Golden.plane(image, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void packedIndicesAreUnpacked(int bits) throws IOException {
        byte[] ramp = new byte[1 << bits];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) (255 - i);
        }
        var colours = new IndexColorModel(bits, ramp.length, ramp, ramp, ramp);
        BufferedImage picture = new BufferedImage(13, 3, BufferedImage.TYPE_BYTE_BINARY, colours);
        picture.getRaster().setSample(12, 2, 0, ramp.length - 1);
        Path file = folder.resolve("packed.png");
        ImageIO.write(picture, "png", file.toFile());
        byte[] indices = PngFiles.readIndices(file).indices();
        assertThat(indices[0]).isZero();
        assertThat(indices[38]).isEqualTo((byte) (ramp.length - 1));
    }

    @Test
    void refusesWhatIsNoMask() {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> PngFiles.readIndices(Golden.file("small_60x45.png")))
                .withMessageEndingWith("small_60x45.png: is a colour or 16-bit PNG, but a mask needs a palette or grey "
                        + "levels up to 255; save it as one");
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> PngFiles.readIndices(Golden.file("photo.bmp")))
                .withMessageEndingWith("photo.bmp: is a BMP, but a mask must be a PNG; save it as one");
    }

    @Test
    void saysWhyAFileCannotBeWritten() {
        IndexImage mask = new IndexImage(1, 1, new byte[1]);
        Path lost = folder.resolve("none").resolve("mask.png");
        assertThatExceptionOfType(ElasticVisionException.class)
                .isThrownBy(() -> PngFiles.write(mask, new byte[768], lost))
                .withMessage(
                        lost + ": cannot be written: there is no folder " + lost.getParent() + "; create it first");
        assertThatIllegalArgumentException().isThrownBy(() -> PngFiles.write(mask, new byte[3], lost));
    }
}
