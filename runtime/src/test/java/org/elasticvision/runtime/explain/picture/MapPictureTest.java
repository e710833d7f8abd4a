package org.elasticvision.runtime.explain.picture;

import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.explain.Explanation.InputPart;
import org.elasticvision.runtime.explain.HeatMap;
import org.elasticvision.runtime.explain.ScalePolicy;
import org.elasticvision.runtime.explain.picture.MapPicture.Style;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MapPictureTest {
    private static final InputPart WHOLE = new InputPart(0, 0, 1, 1);

    @Test
    void theLargestValueIsLightAndWhatIsBelowZeroIsDarkUnlessSigned() {
        HeatMap map = new HeatMap(2, 1, new float[] {-1, 1});
        RgbImage positive = MapPicture.of(grey(400, 400), WHOLE, map, Style.POSITIVE, 400);
        assertThat(level(positive, 399, 200, 0)).isGreaterThan(level(positive, 0, 200, 0) + 80);
        RgbImage signed = MapPicture.of(grey(400, 400), WHOLE, map, Style.SIGNED, 400);
        assertThat(level(signed, 0, 200, 2)).as("blue").isGreaterThan(level(signed, 0, 200, 0) + 50);
        assertThat(level(signed, 399, 200, 0)).as("orange").isGreaterThan(level(signed, 399, 200, 2) + 50);
    }

    @Test
    void ofAMapWithNothingAboveZeroNothingIsDrawn() {
        HeatMap map = new HeatMap(1, 1, new float[] {-1});
        RgbImage picture = MapPicture.of(grey(400, 400), WHOLE, map, Style.POSITIVE, 400);
        byte[] first = Arrays.copyOf(picture.pixels(), 3);
        for (int i = 0; i < picture.pixels().length; i++) {
            assertThat(picture.pixels()[i]).isEqualTo(first[i % 3]);
        }
    }

    @Test
    void whatWasCroppedAwayIsGrey() {
        RgbImage picture = MapPicture.of(
                grey(400, 200), new InputPart(0.25, 0, 0.5, 1), new HeatMap(1, 1, new float[] {1}), Style.SHARE, 400);
        for (int x : new int[] {0, 99, 300, 399}) {
            assertThat(level(picture, x, 100, 0))
                    .as("column %d", x)
                    .isEqualTo(level(picture, x, 100, 1))
                    .isLessThan(60);
        }
        for (int x : new int[] {100, 299}) {
            assertThat(level(picture, x, 100, 0)).as("column %d", x).isGreaterThan(150);
        }
    }

    @Test
    void smallPicturesAreEnlargedAndLargeOnesReduced() {
        assertThat(MapPicture.plain(grey(48, 48), 400).width()).isEqualTo(288);
        assertThat(MapPicture.plain(grey(400, 300), 400).width()).isEqualTo(400);
        RgbImage reduced = MapPicture.plain(grey(1001, 500), 400);
        assertThat(reduced.width()).isEqualTo(333);
        assertThat(reduced.height()).isEqualTo(166);
        assertThat(level(reduced, 332, 165, 1)).isEqualTo(128);
        assertThat(MapPicture.plain(grey(3000, 1), 100).height()).isEqualTo(1);
    }

    @Test
    void barsGoUpForTheHighResolution() {
        RgbImage bars = PolicyPicture.bars(new ScalePolicy(
                List.of(new ScalePolicy.Block("a", 2, 1, 4, 4), new ScalePolicy.Block("b", 1, 1.5, 4, 4))));
        assertThat(bars.width()).isEqualTo(56);
        assertThat(level(bars, 12, 20, 0)).as("up, orange").isEqualTo(214);
        assertThat(level(bars, 12, 90, 0)).as("nothing below").isEqualTo(255);
        assertThat(level(bars, 34, 90, 2)).as("down, blue").isEqualTo(190);
        assertThat(level(bars, 34, 110, 2)).as("half as long").isEqualTo(255);
        RgbImage cells = PolicyPicture.cells(List.of(new double[] {1, -1, 0}));
        assertThat(level(cells, 10, 10, 0)).isEqualTo(214);
        assertThat(level(cells, 30, 10, 2)).isEqualTo(190);
    }

    private static int level(RgbImage image, int x, int y, int channel) {
        return image.pixels()[3 * (y * image.width() + x) + channel] & 0xFF;
    }

    private static RgbImage grey(int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        Arrays.fill(pixels, (byte) 128);
        return new RgbImage(width, height, pixels);
    }
}
