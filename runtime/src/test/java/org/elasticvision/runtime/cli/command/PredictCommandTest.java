package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.CommandRun;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.TestJpegs;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PredictCommandTest {
    @TempDir
    Path folder;

    @Test
    void classesAreListedWithTheirProbability() throws IOException {
        CommandRun run = CommandRun.of(
                "predict", TestModels.classifier(folder, -1), write("photo.png", TestModels.plain(9, 7, 0x0033FF)));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines())
                .containsExactly(
                        folder.resolve("photo.png").toString(),
                        "  100.0 %  blue",
                        "    0.0 %  green",
                        "    0.0 %  red");
    }

    @Test
    void aFolderAloneIsSaidToBeOne() {
        Path photos = folder.resolve("photos");
        Path run = folder.resolve("run");
        assertThat(photos.toFile().mkdir() && run.toFile().mkdir()).isTrue();
        TestModels.write(
                run.resolve("model.onnx"),
                TestModels.info(Task.CLASSIFICATION, TestModels.cropTo(4)),
                TestModels.classification(1, 4));
        CommandRun ofPhotos = CommandRun.of("predict", photos);
        assertThat(ofPhotos.exitCode()).isEqualTo(1);
        assertThat(ofPhotos.errLines())
                .containsExactly(
                        "elastic: " + photos + " is a folder, not a model; give a model file (.onnx or .engine)");
        CommandRun ofRun = CommandRun.of("predict", run);
        assertThat(ofRun.exitCode()).isEqualTo(1);
        assertThat(ofRun.errLines())
                .containsExactly("elastic: " + run + " is a folder, not a model; give the model in it, "
                        + run.resolve("model.onnx"));
        assertThat(CommandRun.of("predict", run, "photo.jpg").err()).isEqualTo(ofRun.err());
    }

    @Test
    void topAndThresholdLeaveClassesOut() throws IOException {
        Path model = TestModels.classifier(folder, 1);
        Path photo = write("photo.png", TestModels.plain(9, 7, 0x0033FF));
        assertThat(CommandRun.of("predict", "--top", 1, model, photo).outLines())
                .hasSize(2);
        assertThat(CommandRun.of("predict", "--threshold", 0.5, model, photo).outLines())
                .hasSize(2);
        assertThat(CommandRun.of("predict", "--threshold", 0, model, photo).outLines())
                .hasSize(4);
    }

    @Test
    void labelSetsShowWhatIsThere() throws IOException {
        Path model = TestModels.multiLabel(folder, -1);
        Path photo = write("photo.png", TestModels.plain(9, 7, 0xFF00FF));
        Path dark = write("dark.png", TestModels.plain(9, 7, 0x000000));
        assertThat(CommandRun.of("predict", model, photo, dark).outLines())
                .containsExactly(
                        photo.toString(),
                        "  100.0 %  red",
                        "  100.0 %  blue",
                        dark.toString(),
                        "  none of the classes");
        assertThat(CommandRun.of("predict", "--threshold", 0.2, model, dark).outLines())
                .containsExactly(dark.toString(), "   26.9 %  red", "   26.9 %  green", "   26.9 %  blue");
    }

    @Test
    void jsonIsOneObjectPerImage() throws IOException {
        Path photo = write("photo.png", TestModels.plain(9, 7, 0xFF0000));
        CommandRun run = CommandRun.of("predict", "--json", TestModels.segmenter(folder, 1), photo, photo);
        assertThat(run.outLines()).hasSize(2);
        JsonObject answer = JsonParser.parseString(run.outLines().get(0)).getAsJsonObject();
        assertThat(answer.get("image").getAsString()).isEqualTo(photo.toString());
        assertThat(answer.get("width").getAsInt()).isEqualTo(9);
        JsonObject first = answer.getAsJsonArray("classes").get(0).getAsJsonObject();
        assertThat(first).hasToString("{\"index\":0,\"id\":\"n1\",\"name\":\"red\",\"share\":1.0}");
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "-1, 3", "4, 4"})
    void aBadImageIsReportedAndTheOthersAnswered(int modelBatch, int batch) throws IOException {
        Path model = TestModels.classifier(folder, modelBatch);
        Path photos = Files.createDirectory(folder.resolve("photos"));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Path photo = photos.resolve("photo" + i + ".png");
            if (i == 4) {
                Files.writeString(photo, "not an image");
            } else {
                ImageIO.write(TestModels.plain(3, 3, 0xFF0000), "png", photo.toFile());
                expected.add(photo.toString());
            }
        }
        Files.writeString(photos.resolve("notes.txt"), "no image, and does not claim to be one");
        CommandRun run = CommandRun.of("predict", "--top", 1, "--batch", batch, model, photos);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.outLines().stream().filter(line -> !line.startsWith(" ")))
                .isEqualTo(expected);
        assertThat(run.errLines()).hasSize(2);
        assertThat(run.errLines().get(0)).startsWith("elastic: " + photos.resolve("photo4.png"));
        assertThat(run.errLines().get(1)).isEqualTo("elastic: 1 of 9 images failed");
    }

    @Test
    void fastDecodingIsNearAndLeavesOtherFormatsExact() throws IOException {
        Path model = TestModels.classifier(folder, 1);
        RgbImage picture = TestJpegs.picture(400, 300);
        Path photo = Files.write(folder.resolve("photo.jpg"), TestJpegs.baseline(picture));
        Path drawing = Files.write(folder.resolve("drawing.png"), PngFiles.encode(picture));
        List<String> exact =
                CommandRun.of("predict", "--json", model, photo, drawing).outLines();
        List<String> fast = CommandRun.of("predict", "--json", "--fast-decode", model, photo, drawing)
                .outLines();
        assertThat(fast.get(1)).isEqualTo(exact.get(1));
        double difference = Math.abs(firstProbability(fast.get(0)) - firstProbability(exact.get(0)));
        assertThat(difference).isBetween(1e-9, 0.02);
    }

    private static double firstProbability(String json) {
        JsonObject answer = JsonParser.parseString(json).getAsJsonObject();
        return answer.getAsJsonArray("classes")
                .get(0)
                .getAsJsonObject()
                .get("probability")
                .getAsDouble();
    }

    @Test
    void anOverlayOfAFastDecodedPhotoHasThePhotosSize() throws IOException {
        Path photo = Files.write(folder.resolve("photo.jpg"), TestJpegs.baseline(TestJpegs.picture(101, 75)));
        Path out = folder.resolve("out");
        Path model = TestModels.write(
                folder.resolve("smooth.onnx"),
                Task.SEGMENTATION,
                TinyNetworks.segmenter(1, 6, 8, new float[3][3], new float[] {0, 0, 1}),
                new Preprocessing(
                        Preprocessing.Fit.PAD,
                        0,
                        6,
                        8,
                        Interpolation.BILINEAR,
                        Preprocessing.IMAGENET_MEAN,
                        Preprocessing.IMAGENET_STD));
        CommandRun run = CommandRun.of("predict", "--fast-decode", "--overlay", out, model, photo);
        assertThat(run.err()).isEmpty();
        for (String name : List.of("photo.png", "photo.overlay.png")) {
            assertThat(ImageSource.of(out.resolve(name)).decode(Orientation.IGNORE_EXIF))
                    .hasToString("RgbImage 101x75");
        }
    }

    @Test
    void segmentationsAreWrittenAsMaskAndOverlay() throws IOException {
        BufferedImage image = TestModels.plain(4, 2, 0x00FF00);
        image.setRGB(1, 0, 0x0000FF);
        Path photo = write("photo.png", image);
        Path other = Files.createDirectory(folder.resolve("other")).resolve("photo.png");
        ImageIO.write(TestModels.plain(1, 1, 0xFF0000), "png", other.toFile());
        Path out = folder.resolve("new/out");
        CommandRun run = CommandRun.of("predict", "--overlay", out, TestModels.segmenter(folder, 1), photo, other);
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines())
                .containsExactly(
                        photo.toString(), "   87.5 %  green", "   12.5 %  blue", other.toString(), "  100.0 %  red");
        IndexImage mask = PngFiles.readIndices(out.resolve("photo.png"));
        assertThat(mask.indices()).containsExactly(1, 2, 1, 1, 1, 1, 1, 1);
        // half of pure green and half of PASCAL's colour 1, (128, 0, 0)
        byte[] overlay = ImageSource.of(out.resolve("photo.overlay.png"))
                .decode(Orientation.IGNORE_EXIF)
                .pixels();
        assertThat(overlay).startsWith(64, (byte) 128, 0).hasSize(24);
        assertThat(PngFiles.readIndices(out.resolve("photo-2.png")).indices()).containsExactly(0);
        assertThat(out.resolve("photo-2.overlay.png")).isRegularFile();
    }

    @Test
    void noPictureTakesAnothersPlace() throws IOException {
        Path red = write("a.png", TestModels.plain(1, 1, 0xFF0000));
        Path green = write("a.overlay.png", TestModels.plain(1, 1, 0x00FF00));
        Path out = folder.resolve("out");
        Path model = TestModels.segmenter(folder, 1);
        assertThat(CommandRun.of("predict", "--overlay", out, model, red, green).exitCode())
                .isZero();
        assertThat(PngFiles.readIndices(out.resolve("a.png")).indices()).containsExactly(0);
        assertThat(PngFiles.readIndices(out.resolve("a.overlay-2.png")).indices())
                .containsExactly(1);
        assertThat(out.resolve("a.overlay.png")).isRegularFile();
        assertThat(out.resolve("a.overlay-2.overlay.png")).isRegularFile();
    }

    @Test
    void anImageThatIsReadIsNotOverwritten() throws IOException {
        Path photo = write("photo.png", TestModels.plain(3, 2, 0xFF0000));
        byte[] before = Files.readAllBytes(photo);
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        for (Path out : List.of(folder, link)) {
            CommandRun run = CommandRun.of("predict", "--overlay", out, TestModels.segmenter(folder, 1), photo);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines())
                    .singleElement()
                    .asString()
                    .startsWith("elastic: " + out + ": writing photo.png here would overwrite");
        }
        assertThat(photo).hasBinaryContent(before);
    }

    @Test
    void foldersAreSearchedThroughLinksAndWithoutHiddenFiles() throws IOException {
        Path photos = Files.createDirectories(folder.resolve("photos/sub")).getParent();
        Path photo = write("photos/sub/a.PNG", TestModels.plain(3, 3, 0xFF0000));
        Files.copy(photo, photos.resolve(".hidden.png"));
        Files.writeString(photos.resolve("._a.png"), "what macOS leaves beside a.png");
        Files.copy(photo, Files.createDirectory(photos.resolve(".cache")).resolve("a.png"));
        Files.writeString(photos.resolve("png"), "a name without an extension");
        Path link = Files.createSymbolicLink(folder.resolve("link"), photos);
        CommandRun run = CommandRun.of("predict", "--top", 1, TestModels.classifier(folder, 1), link);
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines()).containsExactly(link.resolve("sub/a.PNG").toString(), "  100.0 %  red");
    }

    @Test
    void aFolderThatLeadsBackIntoItselfIsRefused() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Files.createSymbolicLink(photos.resolve("again"), photos);
        CommandRun run = CommandRun.of("predict", TestModels.classifier(folder, 1), photos);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("elastic: " + photos + ": cannot be searched for images (" + photos.resolve("again"));
    }

    @Test
    void anEmptyNameIsNotTheCurrentFolder() throws IOException {
        CommandRun run = CommandRun.of("predict", TestModels.classifier(folder, 1), "");
        assertThat(run.errLines())
                .containsExactly("elastic: an image has an empty name; give an image file or a folder");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void overlaysAreOnlyForSegmentation() throws IOException {
        CommandRun run = CommandRun.of(
                "predict",
                "--overlay",
                folder,
                TestModels.classifier(folder, 1),
                write("photo.png", TestModels.plain(1, 1, 0)));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--overlay is for segmentation models");
    }

    private Path write(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
