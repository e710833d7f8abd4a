package org.elasticvision.runtime.answer;

import java.nio.FloatBuffer;
import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Labels;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SegmentationTest {
    private static final Segmentation ANSWER = new Segmentation(2, 1, new byte[] {0, 15}, Labels.pascalVoc21());

    @Test
    void classesOfAPaddedAndShrunkImageAreCutOutAndEnlarged() {
        byte[] classes = {9, 9, 9, 9, 9, 1, 2, 9, 9, 9, 9, 9};
        Framing framing = new Framing(4, 3, new Letterbox(1, 1, 2, 1), 4, 2);
        Segmentation answer = Segmentation.of(classes, framing, Labels.numbered(10));
        assertThat(answer.width()).isEqualTo(4);
        assertThat(answer.classMap()).containsExactly(1, 1, 2, 2, 1, 1, 2, 2);
        FloatBuffer scores = FloatBuffer.allocate(10 * classes.length);
        for (int i = 0; i < classes.length; i++) {
            scores.put(classes[i] * classes.length + i, 1);
        }
        assertThat(Segmentation.of(scores, framing, Labels.numbered(10)).classMap())
                .isEqualTo(answer.classMap());
    }

    @Test
    void theOverlayMixesTheClassColourInAndLeavesTheBackground() {
        RgbImage image = new RgbImage(2, 1, new byte[] {10, 20, 30, 100, (byte) 200, 40});
        // class 15, person, is (192, 128, 128)
        assertThat(ANSWER.overlay(image, 0.5).pixels()).containsExactly(10, 20, 30, (byte) 146, (byte) 164, 84);
        assertThat(ANSWER.overlay(image, 0).pixels()).isEqualTo(image.pixels());
        assertThat(ANSWER.overlay(image, 1).pixels()).containsExactly(10, 20, 30, (byte) 192, (byte) 128, (byte) 128);
    }

    @Test
    void theOverlayNeedsAnImageOfItsSize() {
        assertThatThrownBy(() -> ANSWER.overlay(new RgbImage(1, 1, new byte[3]), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the image is 1x1, the segmentation 2x1");
        assertThatThrownBy(() -> ANSWER.overlay(new RgbImage(2, 1, new byte[6]), 1.5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePaletteIsThatOfPascalVoc() {
        int[][] published = {
            {0, 0, 0},
            {128, 0, 0},
            {0, 128, 0},
            {128, 128, 0},
            {0, 0, 128},
            {128, 0, 128},
            {0, 128, 128},
            {128, 128, 128},
            {64, 0, 0},
            {192, 0, 0},
            {64, 128, 0},
            {192, 128, 0},
            {64, 0, 128},
            {192, 0, 128},
            {64, 128, 128},
            {192, 128, 128},
            {0, 64, 0},
            {128, 64, 0},
            {0, 192, 0},
            {128, 192, 0},
            {0, 64, 128}
        };
        byte[] palette = PascalColors.palette();
        assertThat(palette).hasSize(768);
        for (int index = 0; index < published.length; index++) {
            for (int channel = 0; channel < 3; channel++) {
                assertThat(palette[3 * index + channel] & 0xFF).isEqualTo(published[index][channel]);
            }
        }
        // the label "void" of VOC's masks
        assertThat(palette).endsWith((byte) 224, (byte) 224, (byte) 192);
    }
}
