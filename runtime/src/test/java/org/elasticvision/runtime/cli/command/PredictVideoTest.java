package org.elasticvision.runtime.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.CommandRun;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.TestJpegs;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.video.VideoFrame;
import org.elasticvision.runtime.image.video.VideoReader;
import org.elasticvision.runtime.image.video.VideoWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** {@code elastic predict MODEL clip.mp4}. */
class PredictVideoTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int RED = 0xFF0000;
    private static final int GREEN = 0x00FF00;
    private static final int BLUE = 0x0000FF;

    @TempDir
    Path folder;

    @Test
    void framesAreAnsweredInOrderBesideImages() throws IOException {
        Path clip = clip("clip.mp4", RED, GREEN, BLUE);
        Path other = clip("other.MOV.mp4", GREEN);
        Path photo = png("photo.png", plain(BLUE));
        CommandRun run =
                CommandRun.of("predict", "--top", 1, TestModels.classifier(folder, -1), photo, clip, photo, other);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines())
                .containsExactly(
                        photo.toString(),
                        "  100.0 %  blue",
                        clip + " frame 0 (0.000 s)",
                        "  100.0 %  red",
                        clip + " frame 1 (0.040 s)",
                        "  100.0 %  green",
                        clip + " frame 2 (0.080 s)",
                        "  100.0 %  blue",
                        photo.toString(),
                        "  100.0 %  blue",
                        other + " frame 0 (0.000 s)",
                        "  100.0 %  green");
    }

    @Test
    void aFrameIsAnsweredAsItsPixelsSavedAsPngAre() throws IOException {
        Path clip = folder.resolve("clip.mp4");
        VideoWriter.write(clip, 30, video -> {
            for (int i = 0; i < 5; i++) {
                video.write(TestJpegs.picture(70, 50));
            }
        });
        List<Object> words = new ArrayList<>(List.of("predict", "--json", TestModels.classifier(folder, -1)));
        List<String> ofVideo = CommandRun.of(
                        Stream.concat(words.stream(), Stream.of(clip)).toArray())
                .outLines();
        try (VideoReader reader = VideoReader.open(clip)) {
            for (Optional<VideoFrame> frame = reader.nextFrame(0); frame.isPresent(); frame = reader.nextFrame(0)) {
                words.add(png(frame.get().number() + ".png", frame.get().image().decode(Orientation.IGNORE_EXIF)));
            }
        }
        List<String> ofImages = CommandRun.of(words.toArray()).outLines();
        assertThat(ofVideo).hasSize(5);
        assertThat(ofVideo.stream().map(PredictVideoTest::answer))
                .isEqualTo(ofImages.stream().map(PredictVideoTest::answer).toList());
    }

    private static String answer(String json) {
        return json.substring(json.indexOf("\"task\""));
    }

    @Test
    void everyFrameHasARow() throws IOException {
        Path clip = clip("clip.mp4", RED, GREEN);
        Path photo = png("photo.png", plain(BLUE));
        Path csv = folder.resolve("a.csv");
        Path model = TestModels.classifier(folder, -1);
        CommandRun run = CommandRun.of("predict", "--top", 1, "-o", csv, model, clip, photo);
        assertThat(run.err()).isEmpty();
        List<String> rows = Files.readAllLines(csv);
        assertThat(rows.get(0)).isEqualTo("path,frame,seconds,answer_index,answer,probability");
        assertThat(rows.get(1)).startsWith(clip + ",0,0.0,0,red,0.9");
        assertThat(rows.get(2)).startsWith(clip + ",1,0.04,1,green,0.9");
        assertThat(rows.get(3)).startsWith(photo + ",,,2,blue,0.9");
        Path lines = folder.resolve("a.jsonl");
        CommandRun.of("predict", "--top", 1, "-o", lines, model, clip);
        assertThat(Files.readAllLines(lines).get(1))
                .startsWith("{\"image\":\"" + clip + "\",\"frame\":1,\"seconds\":0.04,\"task\":\"classification\",");
        assertThat(lines)
                .hasContent(CommandRun.of("predict", "--top", 1, "--json", model, clip)
                        .out());
    }

    @Test
    void theAnnotatedCopyHasItsFramesSizeAndTimes() throws IOException {
        Path clip = folder.resolve("clip.mp4");
        double[] seconds = {0, 0.02, 0.5, 0.55};
        try (VideoWriter video = VideoWriter.begin(clip, 25)) {
            for (double second : seconds) {
                video.write(plain(GREEN), second);
            }
            video.publish();
        }
        Path second =
                Files.copy(clip, Files.createDirectory(folder.resolve("sub")).resolve("clip.mp4"));
        Path photo = png("clip.png", plain(BLUE));
        Path out = folder.resolve("new/out");
        for (Path model : List.of(TestModels.classifier(folder, -1), TestModels.segmenter(folder, 1))) {
            CommandRun run = CommandRun.of("predict", "--json", "--annotate", out, model, clip, photo, second);
            assertThat(run.err()).isEmpty();
            assertThat(run.outLines().get(0)).contains(",\"annotated\":\"" + out.resolve("clip.annotated.mp4") + "\"");
            try (Stream<Path> files = Files.list(out)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder(
                                "clip.annotated.mp4", "clip-2.annotated.png", "clip-3.annotated.mp4");
            }
            for (String name : List.of("clip.annotated.mp4", "clip-3.annotated.mp4")) {
                try (VideoReader copy = VideoReader.open(out.resolve(name))) {
                    for (double expected : seconds) {
                        VideoFrame frame = copy.nextFrame(0).orElseThrow();
                        assertThat(frame.seconds()).isCloseTo(expected, within(1e-5));
                        RgbImage drawn = frame.image().decode(Orientation.IGNORE_EXIF);
                        assertThat(drawn).hasToString("RgbImage 64x48");
                        assertThat(drawn.pixels()[0] & 0xFF)
                                .as("the corner is nearly white")
                                .isGreaterThan(150);
                        assertThat(drawn.pixels()[drawn.pixels().length - 2] & 0xFF)
                                .as("the rest is green, or half of it where it is painted over")
                                .isGreaterThan(100);
                    }
                    assertThat(copy.nextFrame(0)).isEmpty();
                }
            }
        }
    }

    @Test
    void everyNthFrameIsAnswered() {
        Path clip = clip("clip.mp4", RED, GREEN, BLUE, GREEN, GREEN);
        Path model = TestModels.classifier(folder, -1);
        Path out = folder.resolve("out");
        CommandRun run = CommandRun.of("predict", "--every", 2, "--top", 1, "--annotate", out, model, clip);
        assertThat(run.outLines())
                .containsExactly(
                        clip + " frame 0 (0.000 s)",
                        "  100.0 %  red",
                        clip + " frame 2 (0.080 s)",
                        "  100.0 %  blue",
                        clip + " frame 4 (0.160 s)",
                        "  100.0 %  green");
        try (VideoReader copy = VideoReader.open(out.resolve("clip.annotated.mp4"))) {
            assertThat(copy.nextFrame(2).orElseThrow().seconds()).isCloseTo(0.16, within(1e-5));
            assertThat(copy.nextFrame(0)).isEmpty();
        }
    }

    @Test
    void whatIsCutOffIsAnsweredAndSaidInItsPlace() throws IOException {
        VideoWriter.write(folder.resolve("whole.mp4"), 25, video -> {
            for (int i = 0; i < 25; i++) { // each frame is unlike the one before, and so takes room
                video.write(TestJpegs.picture(WIDTH, HEIGHT));
                video.write(plain(RED));
            }
        });
        byte[] whole = Files.readAllBytes(folder.resolve("whole.mp4"));
        Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, whole.length * 2 / 3));
        Path text = Files.writeString(folder.resolve("text.mkv"), "no video");
        Path photo = png("photo.png", plain(BLUE));
        Path out = folder.resolve("out");
        Path csv = folder.resolve("a.csv");
        Path model = TestModels.classifier(folder, -1);
        CommandRun run = CommandRun.of("predict", "--batch", 4, "-o", csv, "--annotate", out, model, cut, text, photo);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(3);
        assertThat(run.errLines().get(0)).startsWith("elastic: " + cut + ": ends early, after frame ");
        assertThat(run.errLines().get(1)).startsWith("elastic: " + text + ": is not a video that FFmpeg ");
        assertThat(run.errLines().get(2)).isEqualTo("elastic: 2 of 3 files failed");
        List<String> rows = Files.readAllLines(csv);
        assertThat(rows.size()).isBetween(10, 48);
        assertThat(rows.get(rows.size() - 1)).startsWith(photo.toString());
        try (VideoReader copy = VideoReader.open(out.resolve("cut.annotated.mp4"))) {
            assertThat(copy.frameCount()).isEqualTo(rows.size() - 2);
        }
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        Path clip = clip("clip.mp4", RED);
        Path segmenter = TestModels.segmenter(folder, 1);
        Path photo = png("photo.png", plain(BLUE));
        refused(
                "--overlay writes pictures of images, and " + clip + " is a video; use --annotate",
                "--overlay",
                folder,
                segmenter,
                clip);
        refused("--every is about videos, and none is named; leave it out", "--every", 2, segmenter, photo);
        refused("--every 0 must be at least 1", "--every", 0, segmenter, clip);
        refused(
                "IMAGE: 'https://example.org/a.MP4?x=1' is an address, not a file on this machine; fetch the video with"
                        + " curl -fLO 'https://example.org/a.MP4?x=1'",
                segmenter,
                "https://example.org/a.MP4?x=1");
    }

    private static void refused(String message, Object... words) {
        CommandRun.of(Stream.concat(Stream.of("predict"), Arrays.stream(words)).toArray())
                .assertRefused(message);
    }

    @Test
    void aFolderHasImagesAlone() throws IOException {
        Path model = TestModels.classifier(folder, -1);
        Path clips = Files.createDirectory(folder.resolve("clips"));
        Path clip = Files.move(clip("clip.mp4", RED), clips.resolve("clip.mp4"));
        CommandRun none = CommandRun.of("predict", model, clips);
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.errLines())
                .containsExactly("elastic: " + clips
                        + ": no images in this folder, but videos, which are named themselves, such as " + clip);
        png("clips/photo.png", plain(BLUE));
        assertThat(CommandRun.of("predict", "--top", 1, model, clips).outLines())
                .containsExactly(clips.resolve("photo.png").toString(), "  100.0 %  blue");
    }

    private Path clip(String name, int... colours) {
        Path file = folder.resolve(name);
        VideoWriter.write(file, 25, video -> {
            for (int colour : colours) {
                video.write(plain(colour));
            }
        });
        return file;
    }

    private Path png(String name, RgbImage image) throws IOException {
        return Files.write(folder.resolve(name), PngFiles.encode(image));
    }

    private static RgbImage plain(int rgb) {
        byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) (rgb >> 16);
            pixels[i + 1] = (byte) (rgb >> 8);
            pixels[i + 2] = (byte) rgb;
        }
        return new RgbImage(WIDTH, HEIGHT, pixels);
    }
}
