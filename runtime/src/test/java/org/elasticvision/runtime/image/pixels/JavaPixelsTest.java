package org.elasticvision.runtime.image.pixels;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.assertj.core.data.Offset;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Kinds of BufferedImage beyond the ones that Java has numbers for. */
class JavaPixelsTest {
    private static BufferedImage picture(
            int colourSpace, boolean alpha, boolean premultiplied, int type, double[] samples) {
        ColorSpace space = ColorSpace.getInstance(colourSpace);
        ColorModel model = new ComponentColorModel(
                space, alpha, premultiplied, alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type);
        int bands = model.getNumComponents();
        WritableRaster raster = Raster.createWritableRaster(
                new BandedSampleModel(type, samples.length / bands, 1, bands), new Point(0, 0));
        for (int i = 0; i < samples.length; i++) {
            raster.setSample(i / bands, 0, i % bands, samples[i]);
        }
        return new BufferedImage(model, raster, premultiplied, null);
    }

    private static byte[] decode(BufferedImage image) {
        return ImageSource.of(image).decode(Orientation.APPLY_EXIF).pixels();
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 4, 0.5, 128",
        "FLOAT, 4, 1, 255",
        "FLOAT, 4, -3, 0",
        "FLOAT, 4, 7, 255",
        "FLOAT, 4, NaN, 0",
        "DOUBLE, 5, 0.2, 51",
        "SHORT, 2, 32767, 255",
        "SHORT, 2, 16384, 128",
        "SHORT, 2, -5, 0",
        "USHORT, 1, 65535, 255",
        "USHORT, 1, 25700, 100",
        "BYTE, 0, 100, 100",
        "INT, 3, 1681915904, 100"
    })
    void greyOfEveryTypeIsTakenAsItsLevels(String name, int type, double sample, int level) {
        byte[] expected = {(byte) level, (byte) level, (byte) level};
        assertThat(decode(picture(ColorSpace.CS_GRAY, false, false, type, new double[] {sample})))
                .as(name)
                .isEqualTo(expected);
        assertThat(decode(picture(ColorSpace.CS_sRGB, false, false, type, new double[] {sample, sample, sample})))
                .as(name)
                .isEqualTo(expected);
    }

    @Test
    void premultipliedGreyIsDivided() {
        double[] samples = {50, 100, 50, 255, 7, 0};
        assertThat(decode(picture(ColorSpace.CS_GRAY, true, true, DataBuffer.TYPE_BYTE, samples)))
                .containsExactly(127, 127, 127, 50, 50, 50, 7, 7, 7);
        assertThat(decode(picture(ColorSpace.CS_GRAY, true, false, DataBuffer.TYPE_BYTE, samples)))
                .containsExactly(50, 50, 50, 50, 50, 50, 7, 7, 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB_PRE, BufferedImage.TYPE_4BYTE_ABGR_PRE})
    void premultipliedColourIsDivided(int type) {
        BufferedImage image = new BufferedImage(1, 1, type);
        image.setRGB(0, 0, 0x7F204060);
        byte[] rgb = decode(image);
        for (int c = 0; c < 3; c++) {
            assertThat((int) rgb[c]).isCloseTo(0x20 * (c + 1), Offset.offset(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 132, 65, 255", "9, 132, 65, 255"})
    void packedColoursAreScaledToWhite(int type, int red, int green, int blue) {
        BufferedImage image = new BufferedImage(1, 1, type);
        boolean six = type == BufferedImage.TYPE_USHORT_565_RGB;
        image.getRaster().setPixel(0, 0, new int[] {red * 31 / 255, green * (six ? 63 : 31) / 255, 31});
        byte[] expected = {
            (byte) (red * 31 / 255 * 255 / 31),
            (byte) (six ? green * 63 / 255 * 255 / 63 : green * 31 / 255 * 255 / 31),
            -1
        };
        assertThat(decode(image)).isEqualTo(expected);
    }

    @Test
    void palettesAreLookedUp() {
        IndexColorModel palette =
                new IndexColorModel(2, 3, new int[] {0x102030, 0xFF405060, 0x00708090}, 0, true, 2, 0);
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
        image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 1, 2});
        assertThat(decode(image)).startsWith(0x10, 0x20, 0x30, 0x40, 0x50, 0x60);
        BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        bits.setRGB(1, 0, 0xFFFFFF);
        assertThat(decode(bits)).containsExactly(0, 0, 0, -1, -1, -1);
    }

    /** As files' profiles are; linear light is not a profile but another quantity. */
    @Test
    void profilesArePassedOver() {
        double[] samples = {100, 100, 100};
        assertThat(decode(picture(ColorSpace.CS_LINEAR_RGB, false, false, DataBuffer.TYPE_BYTE, samples))[0] & 0xFF)
                .isGreaterThan(150);
        assertThat(decode(picture(ColorSpace.CS_sRGB, false, false, DataBuffer.TYPE_BYTE, samples)))
                .containsExactly(100, 100, 100);
    }

    /** A raster whose corner is not at 0, 0. */
    @Test
    void aPartOfAPictureHasItsOwnPixels() {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(2, 3, 0, 77);
        assertThat(decode(image.getSubimage(2, 3, 1, 1))).containsExactly(77, 77, 77);
    }
}
