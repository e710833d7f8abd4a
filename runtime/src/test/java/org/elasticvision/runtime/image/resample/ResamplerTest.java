package org.elasticvision.runtime.image.resample;

import java.util.Arrays;
import java.util.Locale;
import org.elasticvision.runtime.image.Golden;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Interpolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ResamplerTest {
    @ParameterizedTest
    @CsvSource({
        "BILINEAR, 1x1",
        "BILINEAR, 333x100",
        "BILINEAR, 3x257",
        "BILINEAR, 64x64",
        "BILINEAR, 97x31",
        "BICUBIC, 64x64",
        "BICUBIC, 97x31",
        "LANCZOS, 1x1",
        "LANCZOS, 333x100",
        "LANCZOS, 3x257",
        "LANCZOS, 64x64",
        "LANCZOS, 500x400",
        "LANCZOS, 97x31"
    })
    void resizesColourAsPillow(Interpolation filter, String size) {
        RgbImage expected =
                Golden.image("expected_" + filter.name().toLowerCase(Locale.ROOT) + "_odd_" + size + ".png");
        RgbImage resized =
                Resampler.resize(Golden.image("odd_333x257.png"), expected.width(), expected.height(), filter);
        Golden.assertSame(resized, expected, 0);
    }

    @ParameterizedTest
    @CsvSource({"1x1", "333x100", "3x257", "500x400", "64x64", "666x514", "97x31"})
    void picksNearestAsPillow(String size) {
        RgbImage expected = Golden.image("expected_nearest_gray_" + size + ".png");
        RgbImage image = Golden.image("gray.png");
        Golden.assertSame(
                Resampler.resize(image, expected.width(), expected.height(), Interpolation.NEAREST), expected, 0);
        byte[] plane = Resampler.resizePlane(
                Golden.plane(image, 0),
                image.width(),
                image.height(),
                expected.width(),
                expected.height(),
                Interpolation.NEAREST);
        assertThat(plane).isEqualTo(Golden.plane(expected, 0));
    }

    @ParameterizedTest
    @CsvSource({"BILINEAR", "BICUBIC", "LANCZOS", "NEAREST"})
    void aPlaneIsResizedLikeAChannel(Interpolation filter) {
        RgbImage image = Golden.image("odd_333x257.png");
        RgbImage resized = Resampler.resize(image, 120, 301, filter);
        for (int c = 0; c < 3; c++) {
            byte[] plane = Resampler.resizePlane(Golden.plane(image, c), 333, 257, 120, 301, filter);
            assertThat(plane).isEqualTo(Golden.plane(resized, c));
        }
    }

    @ParameterizedTest
    @CsvSource({"BILINEAR", "BICUBIC", "LANCZOS", "NEAREST"})
    void aPartOfAResizeIsThatPartOfTheWhole(Interpolation filter) {
        RgbImage image = Golden.image("odd_333x257.png");
        RgbImage whole = Resampler.resize(image, 331, 256, filter);
        RgbImage part = Resampler.resize(image, new Span(331, 54, 224), new Span(256, 16, 200), filter);
        for (int y = 0; y < 200; y++) {
            int from = 3 * ((16 + y) * 331 + 54);
            assertThat(Arrays.copyOfRange(part.pixels(), 3 * y * 224, 3 * (y + 1) * 224))
                    .isEqualTo(Arrays.copyOfRange(whole.pixels(), from, from + 3 * 224));
        }
        byte[] plane = Resampler.resizePlane(
                Golden.plane(image, 1), 333, 257, new Span(331, 54, 224), new Span(256, 16, 200), filter);
        assertThat(plane).isEqualTo(Golden.plane(part, 1));
    }

    @Test
    void anEqualSizeChangesNothing() {
        RgbImage image = Golden.image("odd_333x257.png");
        assertThat(Resampler.resize(image, 333, 257, Interpolation.LANCZOS)).isSameAs(image);
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 0", "5, -1, 2", "5, 4, 2", "5, 0, 6"})
    void aPartLiesInside(long size, long from, int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Span(size, from, count))
                .withMessageEndingWith("are not a part of 5 pixels");
    }

    @Test
    void refusesSizesThatAreNone() {
        RgbImage image = new RgbImage(1, 1, new byte[3]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resampler.resize(image, 0, 5, Interpolation.BILINEAR))
                .withMessage("image size 0x5 must be at least 1x1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resampler.resizePlane(new byte[5], 2, 2, 1, 1, Interpolation.BILINEAR))
                .withMessage("a plane of 2x2 has 4 bytes, not 5");
    }
}
