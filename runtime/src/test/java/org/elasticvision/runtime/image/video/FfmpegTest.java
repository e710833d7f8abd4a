package org.elasticvision.runtime.image.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.TestJpegs;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

/** Videos read and written with FFmpeg. */
class FfmpegTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    @TempDir
    Path folder;

    @Test
    void framesKeepTheirTimesAndColours() {
        double[] seconds = {0, 0.04, 0.1, 0.5, 1001 / 1000.0};
        Path file = folder.resolve("a clip: ü.mp4");
        try (VideoWriter video = VideoWriter.begin(file, 25)) {
            for (int i = 0; i < seconds.length; i++) {
                video.write(plain(WIDTH, HEIGHT, 200, 50 * i, 10), 3 + seconds[i]);
            }
            video.publish();
        }
        List<VideoFrame> frames = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(file)) {
            assertThat(reader.frameCount()).isEqualTo(seconds.length);
            for (Optional<VideoFrame> frame = reader.nextFrame(0); frame.isPresent(); frame = reader.nextFrame(0)) {
                frames.add(frame.get());
            }
            assertThat(reader.damage()).isEmpty();
            assertThat(reader.nextFrame(0)).isEmpty();
        }
        assertThat(frames).hasSize(seconds.length);
        for (int i = 0; i < seconds.length; i++) {
            VideoFrame frame = frames.get(i);
            assertThat(frame.number()).isEqualTo(i);
            assertThat(frame.seconds()).isCloseTo(seconds[i], within(1e-5));
            assertThat(frame.image().name()).isEqualTo(file + " frame " + i);
            assertColour(decoded(frame), 6, 200, 50 * i, 10); // H.264 loses some
        }
    }

    @Test
    void framesAreLeftOut() {
        Path file = clip("clip.mp4", 10, WIDTH, HEIGHT);
        try (VideoReader reader = VideoReader.open(file)) {
            assertThat(reader.framesPerSecond()).isEqualTo(10);
            assertThat(reader.nextFrame(0).orElseThrow().number()).isZero();
            VideoFrame fourth = reader.nextFrame(3).orElseThrow();
            assertThat(fourth.number()).isEqualTo(4);
            assertThat(fourth.seconds()).isCloseTo(0.4, within(1e-9));
            assertThat(reader.nextFrame(3).orElseThrow().number()).isEqualTo(8);
            assertThat(reader.nextFrame(3)).isEmpty();
            assertThatThrownBy(() -> reader.nextFrame(-1)).hasMessage("skipped -1 must be at least 0");
        }
    }

    @Test
    void oddSizesGrowByACopyOfTheLastPixels() {
        Path file = clip("odd.mp4", 1, 33, 17);
        try (VideoReader reader = VideoReader.open(file)) {
            assertThat(decoded(reader.nextFrame(0).orElseThrow())).hasToString("RgbImage 34x18");
        }
    }

    @ParameterizedTest
    @CsvSource({"3840, 64, 3840x64", "3842, 640, 3840x638", "4320, 4320, 2160x2160", "64, 7680, 32x3840"})
    void whatIsLargerThanTheEncoderTakesIsMadeSmaller(int width, int height, String written) {
        Path file = folder.resolve("large.mp4");
        VideoWriter.write(file, 25, video -> video.write(plain(width, height, 200, 100, 50)));
        try (VideoReader reader = VideoReader.open(file)) {
            RgbImage frame = decoded(reader.nextFrame(0).orElseThrow());
            assertThat(frame).hasToString("RgbImage " + written);
            assertColour(frame, 6, 200, 100, 50);
        }
    }

    @Test
    void aSizeThatTheEncoderDoesNotTakeIsSaid() {
        Path file = folder.resolve("thin.mp4");
        assertThatThrownBy(() -> VideoWriter.write(file, 25, video -> video.write(plain(64, 8, 1, 2, 3))))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith(
                        file + ": a video of 64x8 pixels is too small for H.264; at least 16 a side are needed");
        assertThat(file).doesNotExist();
    }

    /** The first frame is red at the top left, green beside it, blue below. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 1, 64x48, red, green, blue",
        "0, 1, -1, 0, 48x64, blue, red, grey",
        "-1, 0, 0, -1, 64x48, grey, blue, green",
        "0, -1, 1, 0, 48x64, green, grey, red",
        "-1, 0, 0, 1, 64x48, green, red, grey",
        "0, 1, 1, 0, 48x64, red, blue, green",
    })
    void theDisplayMatrixIsApplied(
            int a, int b, int c, int d, String size, String topLeft, String topRight, String bottomLeft)
            throws IOException {
        Path file = folder.resolve("phone.mp4");
        VideoWriter.write(file, 25, video -> video.write(corners()));
        byte[] bytes = Files.readAllBytes(file);
        // Behind the type: version and flags, times, identifiers and length of version 0, then 16 bytes (ISO/IEC
        // 14496-12, 8.3.2)
        ByteBuffer matrix = ByteBuffer.wrap(bytes).position(find(bytes, "tkhd") + 4 + 24 + 16);
        assertThat(matrix.getInt(matrix.position())).as("upright so far").isEqualTo(1 << 16);
        matrix.putInt(a << 16).putInt(b << 16).putInt(0);
        matrix.putInt(c << 16).putInt(d << 16).putInt(0);
        Files.write(file, bytes);
        try (VideoReader reader = VideoReader.open(file)) {
            RgbImage image = decoded(reader.nextFrame(0).orElseThrow());
            assertThat(image).hasToString("RgbImage " + size);
            assertThat(List.of(
                            colour(image, 4, 4),
                            colour(image, image.width() - 5, 4),
                            colour(image, 4, image.height() - 5)))
                    .containsExactly(topLeft, topRight, bottomLeft);
        }
    }

    @Test
    void aVideoThatIsCutOffIsReadUpToThere() throws IOException {
        Path whole = clip("whole.mp4", 40, 160, 120);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length / 2));
        try (VideoReader reader = VideoReader.open(cut);
                VideoReader all = VideoReader.open(whole)) {
            long frames = 0;
            for (Optional<VideoFrame> frame = reader.nextFrame(0); frame.isPresent(); frame = reader.nextFrame(0)) {
                if (frames < 10) { // the last one may be cut through
                    assertThat(decoded(frame.get()).pixels())
                            .isEqualTo(decoded(all.nextFrame(0).orElseThrow()).pixels());
                }
                frames++;
            }
            assertThat(frames).isBetween(11L, 30L);
            assertThat(reader.damage().orElseThrow())
                    .matches("\\Q" + cut + "\\E: ends early, after frame " + (frames - 1)
                            + " \\(at [123]\\.\\d\\d of 4\\.00 seconds\\); copy or download it again");
        }
    }

    @Test
    void whatIsNotAVideoIsSaidInOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
        assertThatThrownBy(() -> VideoReader.open(text))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith(text + ": is not a video that FFmpeg ")
                .hasMessageContaining("(Invalid data found when processing input)");
        // A playlist would have other files opened.
        Path playlist = Files.writeString(
                folder.resolve("list.mp4"),
                "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n" + clip("clip.mp4", 3, WIDTH, HEIGHT)
                        + "\n#EXT-X-ENDLIST\n");
        assertThatThrownBy(() -> VideoReader.open(playlist)).hasMessageContaining("is not a video that FFmpeg ");
        Path missing = folder.resolve("missing.mp4");
        assertThatThrownBy(() -> VideoReader.open(missing))
                .hasMessage(missing + " does not exist; check the path of the video");
    }

    @Test
    void aLibraryThatPresetsLackIsNamed() {
        LinkageError error = new UnsatisfiedLinkError("no jniavutil in java.library.path");
        assertThat(FfmpegLibrary.missing(error)).isEmpty();
        error.initCause(new UnsatisfiedLinkError(
                "/cache/libjniavutil.so: libva-drm.so.2: cannot open shared object file: No such file or directory"));
        assertThat(FfmpegLibrary.missing(error))
                .contains("it needs libva-drm.so.2, which this machine lacks; install libva and libdrm (Debian: apt"
                        + " install libva-drm2)");
    }

    @Test
    void whatFailsLeavesTheOldFileAndNoOther() throws IOException {
        Path file = Files.writeString(folder.resolve("video.mp4"), "old");
        try (VideoWriter video = VideoWriter.begin(file, 25)) {
            video.write(plain(WIDTH, HEIGHT, 1, 2, 3));
        }
        assertThatThrownBy(() -> VideoWriter.write(file, 25, video -> {}))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("no frame");
        assertThat(file).hasContent("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** By the formulas of ITU-R BT.601 and BT.709, for levels of Y, Cb and Cr. */
    @ParameterizedTest
    @CsvSource({
        "BT.601, limited, 0.299, 0.114",
        "BT.601, full, 0.299, 0.114",
        "BT.709, limited, 0.2126, 0.0722",
        "BT.709, full, 0.2126, 0.0722",
        "unspecified, unspecified, 0.299, 0.114",
    })
    void pixelsBecomeRgbByTheMatrixAndRangeThatTheyName(String matrix, String range, double red, double blue) {
        boolean full = range.equals("full");
        int[][] levels = {{81, 90, 240}, {145, 54, 34}, {41, 240, 110}, {126, 128, 128}, {16, 128, 128}, {180, 100, 150}
        };
        for (int[] level : levels) {
            double y = full ? level[0] : (level[0] - 16) * 255 / 219.0;
            double cb = (level[1] - 128) * (full ? 1 : 255 / 224.0);
            double cr = (level[2] - 128) * (full ? 1 : 255 / 224.0);
            double r = y + 2 * (1 - red) * cr;
            double b = y + 2 * (1 - blue) * cb;
            double g = (y - red * r - blue * b) / (1 - red - blue);
            assertColour(converted(matrix, range, level), 1, r, g, b);
        }
    }

    private static RgbImage converted(String matrix, String range, int[] level) {
        AVFrame frame = av_frame_alloc();
        try (RgbConverter converter = new RgbConverter()) {
            frame.format(AV_PIX_FMT_YUV420P).width(WIDTH).height(HEIGHT);
            frame.colorspace(
                    switch (matrix) {
                        case "BT.601" -> AVCOL_SPC_SMPTE170M;
                        case "BT.709" -> AVCOL_SPC_BT709;
                        default -> AVCOL_SPC_UNSPECIFIED;
                    });
            frame.color_range(
                    switch (range) {
                        case "full" -> AVCOL_RANGE_JPEG;
                        case "limited" -> AVCOL_RANGE_MPEG;
                        default -> AVCOL_RANGE_UNSPECIFIED;
                    });
            assertThat(av_frame_get_buffer(frame, 0)).isZero();
            for (int plane = 0; plane < 3; plane++) {
                byte[] bytes = new byte[frame.linesize(plane) * (plane == 0 ? HEIGHT : HEIGHT / 2)];
                Arrays.fill(bytes, (byte) level[plane]);
                frame.data(plane).put(bytes);
            }
            return converter.convert(frame, "x");
        } finally {
            av_frame_free(frame);
        }
    }

    private static void assertColour(RgbImage image, double tolerance, double red, double green, double blue) {
        double[] expected = {red, green, blue};
        for (int c = 0; c < 3; c++) {
            double level = Math.max(0, Math.min(255, expected[c]));
            assertThat((double) (image.pixels()[c] & 0xFF)).isCloseTo(level, within(tolerance));
        }
    }

    private Path clip(String name, int frames, int width, int height) {
        Path file = folder.resolve(name);
        VideoWriter.write(file, 10, video -> {
            for (int i = 0; i < frames; i++) {
                byte[] pixels = TestJpegs.picture(width, height).pixels().clone();
                Arrays.fill(pixels, 0, 3 * width * (height / 2), (byte) (5 * i));
                video.write(new RgbImage(width, height, pixels));
            }
        });
        return file;
    }

    private static RgbImage decoded(VideoFrame frame) {
        return frame.image().decode(Orientation.IGNORE_EXIF);
    }

    private static int find(byte[] bytes, String type) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(type);
        assertThat(at).isPositive();
        return at;
    }

    private static RgbImage corners() {
        byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < pixels.length / 3; i++) {
            boolean right = i % WIDTH >= WIDTH / 2;
            boolean low = i / WIDTH >= HEIGHT / 2;
            int rgb = low ? (right ? 0x808080 : 0x0000FF) : right ? 0x00FF00 : 0xFF0000;
            pixels[3 * i] = (byte) (rgb >> 16);
            pixels[3 * i + 1] = (byte) (rgb >> 8);
            pixels[3 * i + 2] = (byte) rgb;
        }
        return new RgbImage(WIDTH, HEIGHT, pixels);
    }

    private static String colour(RgbImage image, int x, int y) {
        int at = 3 * (y * image.width() + x);
        int red = image.pixels()[at] & 0xFF;
        int green = image.pixels()[at + 1] & 0xFF;
        int blue = image.pixels()[at + 2] & 0xFF;
        if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) < 40) {
            return "grey";
        }
        return red > green && red > blue ? "red" : green > blue ? "green" : "blue";
    }

    private static RgbImage plain(int width, int height, int red, int green, int blue) {
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) red;
            pixels[i + 1] = (byte) green;
            pixels[i + 2] = (byte) blue;
        }
        return new RgbImage(width, height, pixels);
    }
}
