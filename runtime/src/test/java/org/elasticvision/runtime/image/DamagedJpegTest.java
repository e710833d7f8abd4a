package org.elasticvision.runtime.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What libjpeg decodes in part only, painting the rest grey, and what it decodes in spite of oddities. */
class DamagedJpegTest {
    private static final String PHOTO = "photo_420_500x333.jpg";

    private static int find(byte[] jpeg, int marker) {
        for (int at = 0; ; at++) {
            if (jpeg[at] == (byte) 0xFF && jpeg[at + 1] == (byte) marker) {
                return at;
            }
        }
    }

    /** The photo with other bytes among its coded pixels. */
    private static byte[] interrupted(byte[] jpeg, int behindScan, int... bytes) {
        byte[] damaged = jpeg.clone();
        int at = find(jpeg, 0xDA) + behindScan;
        for (int value : bytes) {
            damaged[at++] = (byte) value;
        }
        return damaged;
    }

    private static byte[] inserted(byte[] jpeg, int at, int... bytes) {
        ByteBuffer whole = ByteBuffer.allocate(jpeg.length + bytes.length).put(jpeg, 0, at);
        for (int value : bytes) {
            whole.put((byte) value);
        }
        return whole.put(jpeg, at, jpeg.length - at).array();
    }

    private static RgbImage decode(byte[] jpeg) {
        return ImageSource.of(jpeg, "photo").decode(Orientation.APPLY_EXIF);
    }

    private static void assertRefused(byte[] jpeg, String why) {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> decode(jpeg))
                .withMessage("photo: the JPEG is damaged (" + why + "); copy or download it again");
    }

    @ParameterizedTest
    @CsvSource({"74, D8", "2000, D8", "2000, D3", "2000, C0", "2000, 02", "2000, F7"})
    void aMarkerAmongTheCodedPixelsIsRefused(int behindScan, String marker) {
        assertRefused(
                interrupted(Golden.bytes(PHOTO), behindScan, 0xFF, Integer.parseInt(marker, 16)),
                "a marker FF" + marker + " where coded pixels should be");
    }

    /** A note inside of a scan, which ends in the middle of coded pixels. */
    @Test
    void codedPixelsBehindASegmentAreRefused() {
        assertRefused(interrupted(Golden.bytes(PHOTO), 2000, 0xFF, 0xE1, 0, 16), "its coded pixels are interrupted");
    }

    /** What lies behind the end counts as an appendix, as phones write it: only decoding tells. */
    @ParameterizedTest
    @ValueSource(ints = {500, 2000, 9000})
    void anEndBeforeThatOfThePictureIsRefused(int behindScan) {
        assertRefused(
                interrupted(Golden.bytes(PHOTO), behindScan, 0xFF, 0xD9),
                "its coded pixels end before the picture does");
    }

    @Test
    void aPictureThatEndsInThatGreyIsNot() {
        byte[] levels = new byte[3 * 40 * 24];
        Arrays.fill(levels, (byte) 128);
        RgbImage decoded = decode(TestJpegs.baseline(new RgbImage(40, 24, levels)));
        assertThat(decoded.pixels()).containsOnly(128);
    }

    @Test
    void restartMarkersAreExpectedInTheirOrder() {
        RgbImage picture = TestJpegs.picture(160, 120);
        byte[] jpeg = TestJpegs.withRestarts(picture);
        assertThat(find(jpeg, 0xD1)).isPositive();
        Golden.assertSame(decode(jpeg), decode(TestJpegs.baseline(picture)), 0);
        byte[] swapped = jpeg.clone();
        swapped[find(jpeg, 0xD1) + 1] = (byte) 0xD4;
        assertRefused(swapped, "a marker FFD4 where coded pixels should be");
        byte[] missing = jpeg.clone();
        int last = 0;
        for (int at = find(jpeg, 0xDA); at < jpeg.length - 1; at++) {
            last = jpeg[at] == (byte) 0xFF && (jpeg[at + 1] & 0xF8) == 0xD0 ? at : last;
        }
        missing[last] = 0;
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> decode(missing))
                .withMessageContaining("marks between its coded pixels");
    }

    /** libjpeg passes it over too, but with a line on standard error. */
    @Test
    void junkBetweenTheFirstSegmentsIsPassedOver() {
        byte[] jpeg = Golden.bytes(PHOTO);
        byte[] junk = inserted(jpeg, find(jpeg, 0xDB), 0, 1, 2, 0xFF, 0, 3);
        Golden.assertSame(decode(junk), decode(jpeg), 0);
        Golden.assertSame(decode(inserted(jpeg, find(jpeg, 0xDB), 0xFF, 0xFF, 0xFF)), decode(jpeg), 0);
        Golden.assertSame(decode(inserted(jpeg, find(jpeg, 0xDB), 0xFF, 0xD0)), decode(jpeg), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {PHOTO, "photo_444_prog.jpg", "kinds/cmyk.jpg"})
    void whatFollowsTheEndDoesNotMatter(String name) {
        byte[] jpeg = Golden.bytes(name);
        byte[] appended = Arrays.copyOf(jpeg, jpeg.length + 1000);
        System.arraycopy(jpeg, 0, appended, jpeg.length, 1000);
        Golden.assertSame(decode(appended), decode(jpeg), 0);
    }
}
