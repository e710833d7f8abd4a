package org.elasticvision.runtime.image.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** OpenCV's side, which is there without FFmpeg, and what both sides promise. */
class VideoTest {
    private static final int WIDTH = 48;
    private static final int HEIGHT = 32;

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() {
        Path file = folder.resolve("video.avi");
        VideoWriter.write(file, 29.97, video -> {
            for (int i = 0; i < 5; i++) {
                video.write(plain(200, 40 * i, 10));
            }
        });
        try (CaptureDecoder reader = CaptureDecoder.file(file, "")) {
            assertThat(reader.framesPerSecond()).isEqualTo(30);
            assertThat(reader.frameCount()).isEqualTo(5);
            for (int i = 0; i < 5; i++) {
                VideoFrame frame = reader.next(0).orElseThrow();
                assertThat(frame.image().name()).isEqualTo(file + " frame " + i);
                assertThat(frame.seconds()).isCloseTo(i / 30.0, within(1e-9));
                RgbImage image = frame.image().decode(Orientation.IGNORE_EXIF);
                assertThat(image).hasToString("RgbImage 48x32");
                assertThat(image.pixels()[0] & 0xFF).isCloseTo(200, within(6));
                assertThat(image.pixels()[1] & 0xFF).isCloseTo(40 * i, within(6));
                assertThat(image.pixels()[2] & 0xFF).isCloseTo(10, within(6));
            }
            assertThat(reader.next(0)).isEmpty();
            assertThat(reader.next(0)).isEmpty();
        }
    }

    @Test
    void aDamagedFrameFailsAloneWhenItIsUsed() throws IOException {
        Path file = folder.resolve("video.avi");
        VideoWriter.write(file, 25, video -> {
            for (int i = 0; i < 3; i++) {
                video.write(plain(90, 90, 90));
            }
        });
        byte[] bytes = Files.readAllBytes(file);
        int second = startOfImage(bytes, startOfImage(bytes, 0) + 1);
        bytes[second] = 0; // no JPEG any more
        bytes[second + 1] = 0;
        Files.write(file, bytes);
        try (CaptureDecoder reader = CaptureDecoder.file(file, "")) {
            assertThat(width(reader)).isEqualTo(WIDTH);
            ImageSource damaged = reader.next(0).orElseThrow().image();
            assertThatThrownBy(() -> damaged.decode(Orientation.IGNORE_EXIF))
                    .isInstanceOf(ImageException.class)
                    .hasMessage(file + " frame 1: cannot be decoded; the video is damaged there");
            assertThat(width(reader)).isEqualTo(WIDTH);
            assertThat(reader.next(0)).isEmpty();
        }
    }

    private static int width(CaptureDecoder reader) {
        return reader.next(0)
                .orElseThrow()
                .image()
                .decode(Orientation.IGNORE_EXIF)
                .width();
    }

    @Test
    void whatIsNoVideoIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.avi"), "RIFF no video");
        assertThatThrownBy(() -> CaptureDecoder.file(text, "convert it with ffmpeg"))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith(text + ": is not a video that OpenCV can read here")
                .hasMessageContaining("ffmpeg");
        assertThatThrownBy(() -> VideoReader.camera(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedVideoSaysSo() {
        Path file = folder.resolve("video.avi");
        VideoWriter.write(file, 25, video -> video.write(plain(1, 2, 3)));
        VideoReader reader = VideoReader.open(file);
        reader.close();
        reader.close();
        assertThatThrownBy(reader::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("video.avi is closed");
    }

    @Test
    void whatFailsLeavesTheOldFileAndNoOther() throws IOException {
        Path file = Files.writeString(folder.resolve("video.avi"), "old");
        IllegalStateException failure = new IllegalStateException("in a test");
        assertThatThrownBy(() -> VideoWriter.write(file, 25, video -> {
                    video.write(plain(1, 2, 3));
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> VideoWriter.write(file, 25, video -> {}))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("no frame");
        assertThatThrownBy(() -> VideoWriter.write(file, 25, video -> {
                    video.write(plain(1, 2, 3));
                    video.write(new RgbImage(1, 1, new byte[3]));
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame 1 is 1x1, the first one 48x32");
        assertThat(file).hasContent("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void onlyAviAndMp4AreWritten() {
        assertThatThrownBy(() -> VideoWriter.write(folder.resolve("video.mov"), 25, video -> {}))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("a file name that ends in .avi or .mp4");
        assertThatThrownBy(() -> VideoWriter.write(folder.resolve("video.avi"), Double.NaN, video -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frames per second NaN must be between 1 and 1000");
    }

    private static int startOfImage(byte[] bytes, int from) {
        for (int i = from; i < bytes.length - 1; i++) {
            if (bytes[i] == (byte) 0xFF && bytes[i + 1] == (byte) 0xD8) {
                return i;
            }
        }
        throw new AssertionError("no JPEG from " + from);
    }

    private static RgbImage plain(int red, int green, int blue) {
        byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) red;
            pixels[i + 1] = (byte) green;
            pixels[i + 2] = (byte) blue;
        }
        return new RgbImage(WIDTH, HEIGHT, pixels);
    }
}
