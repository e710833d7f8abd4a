package org.elasticvision.runtime;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.codec.JpegFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Preprocessing.Fit;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SegmenterTest {
    private static final float[][] WEIGHTS = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    private static final int[] RGB = {0xFF0000, 0x00FF00, 0x0000FF};

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"8, 6", "7, 5", "1, 1", "8, 1", "3, 6"})
    void anImageThatFitsGetsEachPixelsClass(int width, int height) {
        try (Segmenter model = Segmenter.open(TestModels.segmenter(folder, TensorShape.ANY))) {
            Segmentation answer = model.predict(ImageSource.of(stripes(width, height)));
            assertThat(answer.width()).isEqualTo(width);
            assertThat(answer.height()).isEqualTo(height);
            assertStripes(answer, 1);
        }
    }

    @Test
    void aLargerImageIsShrunkAndItsAnswerEnlarged() {
        try (Segmenter model = Segmenter.open(TestModels.segmenter(folder, 1))) {
            // 24 x 18 shrinks to 8 x 6 by nearest neighbour: blocks of 3 x 3 pixels
            BufferedImage image = new BufferedImage(24, 18, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 18; y++) {
                for (int x = 0; x < 24; x++) {
                    image.setRGB(x, y, RGB[(x / 3 + y / 3) % 3]);
                }
            }
            Segmentation answer = model.predict(ImageSource.of(image));
            assertThat(answer.width()).isEqualTo(24);
            assertThat(answer.height()).isEqualTo(18);
            assertStripes(answer, 3);
        }
    }

    /** The class of each third of a JPEG of odd sides is found where it is, at a quarter of the size too. */
    @Test
    void anImageThatIsDecodedFastGetsAnAnswerOfItsOwnSize() {
        Path file = TestModels.write(
                folder.resolve("smooth.onnx"),
                Task.SEGMENTATION,
                TinyNetworks.segmenter(1, 6, 8, WEIGHTS, new float[] {0, 0, 0}),
                new Preprocessing(Fit.PAD, 0, 6, 8, Interpolation.BILINEAR, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)));
        byte[] pixels = new byte[3 * 101 * 71];
        for (int i = 0; i < 101 * 71; i++) {
            pixels[3 * i + i % 101 * 3 / 101] = (byte) 255;
        }
        ImageSource photo = ImageSource.of(JpegFiles.encode(new RgbImage(101, 71, pixels), 90), "photo");
        try (Segmenter exact = Segmenter.open(file);
                Segmenter fast = Segmenter.open(file, ModelOptions.defaults().withFastDecode(true))) {
            Segmentation answer = fast.predict(photo);
            assertThat(answer.width()).isEqualTo(101);
            assertThat(answer.height()).isEqualTo(71);
            assertThat(answer.classMap()).isEqualTo(exact.predict(photo).classMap());
            assertThat(List.of(answer.classAt(10, 0), answer.classAt(50, 35), answer.classAt(90, 70)))
                    .containsExactly(0, 1, 2);
        }
    }

    @Test
    void aBatchGivesEachImageItsOwnAnswer() {
        try (Segmenter model = Segmenter.open(TestModels.segmenter(folder, 4))) {
            List<Segmentation> answers = model.predict(List.of(
                    ImageSource.of(TestModels.plain(3, 2, RGB[2])),
                    ImageSource.of(stripes(8, 6)),
                    ImageSource.of(TestModels.plain(2, 5, RGB[1]))));
            assertThat(answers.get(0).classMap()).containsOnly(2).hasSize(6);
            assertStripes(answers.get(1), 1);
            assertThat(answers.get(2).classMap()).containsOnly(1).hasSize(10);
        }
    }

    @Test
    void areasSayHowMuchEachClassCovers() {
        try (Segmenter model = Segmenter.open(TestModels.segmenter(folder, 1))) {
            BufferedImage image = TestModels.plain(4, 2, RGB[1]);
            image.setRGB(0, 0, RGB[2]);
            Segmentation answer = model.predict(ImageSource.of(image));
            assertThat(answer.areas())
                    .containsExactly(
                            new Segmentation.Area(TestModels.COLORS.get(1), 1, 7 / 8.0),
                            new Segmentation.Area(TestModels.COLORS.get(2), 2, 1 / 8.0));
            assertThat(answer.share(0)).isZero();
            assertThat(answer.classAt(0, 0)).isEqualTo(2);
            assertThatThrownBy(() -> answer.classAt(4, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void scoresThatAreNoNumbersAreAnError() {
        Path file = TestModels.write(
                folder.resolve("nan.onnx"),
                Task.SEGMENTATION,
                TinyNetworks.segmenter(
                        1, 6, 8, new float[3][3], new float[] {Float.NaN, Float.NaN, Float.NEGATIVE_INFINITY}),
                TestModels.fit(Fit.PAD, 6, 8));
        try (Segmenter model = Segmenter.open(file)) {
            assertThatThrownBy(() -> model.predict(ImageSource.of(TestModels.plain(2, 2, 0))))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("not numbers");
        }
    }

    @Test
    void croppingIsRefused() {
        Path file = TestModels.write(
                folder.resolve("crop.onnx"),
                Task.SEGMENTATION,
                TinyNetworks.segmenter(1, 4, 4, new float[3][3], new float[3]),
                TestModels.cropTo(4));
        assertThatThrownBy(() -> Segmenter.open(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cut-out");
    }

    private static BufferedImage stripes(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, RGB[(x + y) % 3]);
            }
        }
        return image;
    }

    private static void assertStripes(Segmentation answer, int block) {
        for (int y = 0; y < answer.height(); y++) {
            for (int x = 0; x < answer.width(); x++) {
                assertThat(answer.classAt(x, y)).as("%d,%d", x, y).isEqualTo((x / block + y / block) % 3);
            }
        }
    }
}
