package org.elasticvision.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.video.VideoReader;
import org.elasticvision.runtime.image.video.VideoWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The samples with models whose logits are 10 times the share of red, green and blue, less 1. */
class ColorSamplesTest {
    private static final int BLUE = 0x0000FF;
    private static final int RED = 0xFF0000;
    private static final int GREEN = 0x00FF00;

    @TempDir
    Path folder;

    @Test
    void labelsReachTheirThresholds() {
        Path model = TestModels.multiLabel(folder, 1);
        Path photo = photo("photo.png", 0xFF3300); // logits 9, 1 and -1: probabilities 0.9999, 0.73 and 0.27
        assertThat(Printed.by(LabelPhoto::main, model, photo).out()).containsExactly("100.0 %  red", " 73.1 %  green");
        assertThat(Printed.by(LabelPhoto::main, model, photo, "green=0.9", "blue=0.2")
                        .out())
                .containsExactly("100.0 %  red", " 26.9 %  blue");
    }

    @Test
    void aPhotoIsSegmentedAndDrawnOver() {
        Path model = TestModels.segmenter(folder, 1);
        Path overlay = folder.resolve("overlay.png");
        Printed printed = Printed.by(SegmentPhoto::main, model, photo("photo.png", BLUE), overlay);
        assertThat(printed.out()).containsExactly("100.0 %  blue");
        // PASCAL's third color is 0, 128, 0; 60 % of it lie over 40 % of the photo
        assertThat(firstPixel(ImageSource.of(overlay))).containsExactly(0, 77, 102);
    }

    @Test
    void aVideoIsSegmentedAndDrawnOver() {
        Path model = TestModels.segmenter(folder, 1);
        Path video = folder.resolve("video.avi");
        Path overlay = folder.resolve("overlay.avi");
        VideoWriter.write(video, 30, frames -> {
            for (int i = 0; i < 8; i++) {
                frames.write(plain(i % 2 == 0 ? RED : BLUE));
            }
        });
        Printed printed = Printed.by(SegmentVideo::main, model, video, overlay);
        assertThat(printed.out()).hasSize(1).first().asString().contains("frames=8, dropped=0, answered=8, failed=0");
        List<int[]> colors = firstPixels(overlay);
        assertThat(colors).hasSize(8);
        for (int i = 0; i < 8; i++) { // PASCAL's first color is black, its third 0, 128, 0
            int[] expected = i % 2 == 0 ? new int[] {102, 0, 0} : new int[] {0, 77, 102};
            for (int channel = 0; channel < 3; channel++) {
                assertThat(colors.get(i)[channel]).isCloseTo(expected[channel], within(8));
            }
        }
        Printed.by(SegmentVideo::main, model, video, overlay, "3");
        assertThat(firstPixels(overlay)).hasSize(3);
    }

    @Test
    void aFolderIsClassifiedWithoutWhatIsNoImage() throws IOException {
        Path model = TestModels.classifier(folder, TensorShape.ANY);
        Path photos = Files.createDirectory(folder.resolve("photos"));
        photo("photos/a.png", RED);
        photo("photos/b.png", GREEN);
        Files.writeString(photos.resolve("c.jpg"), "no image");
        photo("photos/d.png", BLUE);
        Printed printed = Printed.by(ClassifyFolder::main, model, photos);
        assertThat(printed.out())
                .containsExactly(
                        photos.resolve("a.png") + "  100.0 %  red",
                        photos.resolve("b.png") + "  100.0 %  green",
                        photos.resolve("d.png") + "  100.0 %  blue");
        assertThat(printed.err()).hasSize(1).first().asString().startsWith(photos.resolve("c.jpg") + ": ");
    }

    private Path photo(String name, int rgb) {
        Path file = folder.resolve(name);
        PngFiles.write(plain(rgb), file);
        return file;
    }

    private static RgbImage plain(int rgb) {
        return ImageSource.of(TestModels.plain(8, 6, rgb)).decode(Orientation.IGNORE_EXIF);
    }

    private static List<int[]> firstPixels(Path video) {
        List<int[]> colors = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(video)) {
            for (Optional<ImageSource> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                colors.add(firstPixel(frame.get()));
            }
        }
        return colors;
    }

    private static int[] firstPixel(ImageSource image) {
        byte[] pixels = image.decode(Orientation.IGNORE_EXIF).pixels();
        return new int[] {pixels[0] & 0xFF, pixels[1] & 0xFF, pixels[2] & 0xFF};
    }
}
