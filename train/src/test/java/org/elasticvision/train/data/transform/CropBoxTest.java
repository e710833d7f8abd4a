package org.elasticvision.train.data.transform;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CropBoxTest {
    private static final int DRAWN = 20_000;

    @ParameterizedTest
    @CsvSource({
        "500, 375, 0.08, 1.3333",
        "375, 500, 0.25, 1.2",
        "40, 30, 0.5, 2",
        "1, 1, 0.08, 1.3333",
        "3, 1, 0.08, 1.3"
    })
    void everyBoxIsInsideTheImageAndWithinTheBounds(int width, int height, double areaMin, double ratioMax) {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2_000; i++) {
            CropBox box = CropBox.random(width, height, areaMin, ratioMax, random);
            assertThat(box.x()).isBetween(0, width - box.width());
            assertThat(box.y()).isBetween(0, height - box.height());
            // the exact sides are the drawn ones rounded by half a pixel at most
            double most = (box.width() + 0.5) * (box.height() + 0.5);
            assertThat(most).isGreaterThanOrEqualTo(Math.min(areaMin * width * height, 1));
            assertThat((box.width() - 0.5) / (box.height() + 0.5)).isLessThanOrEqualTo(ratioMax);
            assertThat((box.height() - 0.5) / (box.width() + 0.5)).isLessThanOrEqualTo(ratioMax);
        }
    }

    /** On a square no draw with area below 3/4 can fail to fit, so area and ratio keep the distribution that they have. */
    @Test
    void areaIsUniformRatioIsLogUniformAndThePlaceToo() {
        SplittableRandom random = new SplittableRandom(5);
        int side = 10_000;
        double areas = 0;
        double logRatios = 0;
        double squaredLogRatios = 0;
        double places = 0;
        int small = 0;
        for (int i = 0; i < DRAWN; i++) {
            CropBox box = CropBox.random(side, side, 0.08, 4.0 / 3, random);
            double area = (double) box.width() * box.height() / side / side;
            if (area < 0.75) {
                small++;
                areas += area;
                double logRatio = Math.log((double) box.width() / box.height());
                logRatios += logRatio;
                squaredLogRatios += logRatio * logRatio;
                places += (double) box.x() / (side - box.width());
            }
        }
        double most = Math.log(4.0 / 3);
        assertThat(areas / small).isCloseTo((0.08 + 0.75) / 2, within(0.01));
        assertThat(logRatios / small).isCloseTo(0, within(0.01));
        assertThat(squaredLogRatios / small).isCloseTo(most * most / 3, within(0.001));
        assertThat(places / small).isCloseTo(0.5, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 10, 43, 0, 13, 10", // 10 · 4/3 = 13.3
        "10, 100, 0, 43, 10, 13",
        "40, 30, 0, 0, 40, 30",
        "30, 30, 0, 0, 30, 30",
        "1, 9, 0, 4, 1, 1"
    })
    void whatFitsInNoTryIsTakenFromTheMiddle(int width, int height, int x, int y, int boxWidth, int boxHeight) {
        assertThat(CropBox.centre(width, height, 4.0 / 3)).isEqualTo(new CropBox(x, y, boxWidth, boxHeight));
    }
}
