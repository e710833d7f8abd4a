package org.elasticvision.runtime.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.answer.PascalColors;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.TurnedPhotos;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.View;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Photos with EXIF orientations in {@code predict}, {@code evaluate} and {@code inspect}. */
class ViewCommandsTest {
    @TempDir
    Path folder;

    private Path photos;

    @BeforeEach
    void takePhotos() throws IOException {
        photos = folder.resolve("VOC2012/photos");
        TurnedPhotos.write(photos);
    }

    @Test
    void predictFollowsTheModelUnlessToldOtherwise() {
        assertPredicts(View.UPRIGHT, orientation -> TurnedPhotos.uprightClasses());
        assertPredicts(View.STORED, TurnedPhotos::storedClasses);
        assertPredicts(View.UNSTATED, orientation -> TurnedPhotos.uprightClasses());
        assertPredicts(View.STORED, orientation -> TurnedPhotos.uprightClasses(), "--exif", "apply");
        assertPredicts(View.UPRIGHT, TurnedPhotos::storedClasses, "--exif", "ignore");
        CommandRun wrong = CommandRun.of("predict", "--exif", "sideways", model(View.UPRIGHT), photos);
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("--exif", "'sideways' must be one of apply, ignore");
    }

    private void assertPredicts(View view, IntFunction<IndexImage> expected, String... options) {
        Path out = folder.resolve("out");
        Object[] args = new Object[options.length + 5];
        System.arraycopy(options, 0, args, 5, options.length);
        Object[] first = {"predict", "--overlay", out, model(view), photos};
        System.arraycopy(first, 0, args, 0, first.length);
        CommandRun run = CommandRun.of(args);
        assertThat(run.err()).isEmpty();
        for (int orientation = 1; orientation <= TurnedPhotos.ORIENTATIONS; orientation++) {
            IndexImage mask = PngFiles.readIndices(out.resolve("turned-" + orientation + ".png"));
            assertThat(mask.width()).isEqualTo(expected.apply(orientation).width());
            assertThat(mask.indices()).isEqualTo(expected.apply(orientation).indices());
        }
    }

    @Test
    void evaluateFollowsTheModelAndMeasuresAsStoredWhereItDoesNotSay() throws IOException {
        list(orientation -> TurnedPhotos.uprightClasses(), 1, 2, 3, 4, 5, 6, 7, 8);
        assertRight("seen upright", model(View.UPRIGHT));
        assertRight("seen upright", model(View.STORED), "--exif", "apply");
        JsonObject json = JsonParser.parseString(CommandRun.of("evaluate", "--json", model(View.UPRIGHT), folder)
                        .out())
                .getAsJsonObject();
        assertThat(json.get("turnedByExif").getAsInt()).isEqualTo(7);
        assertThat(json.getAsJsonObject("preprocessing").get("exif").getAsString())
                .isEqualTo("apply");
        for (View view : new View[] {View.STORED, View.UNSTATED}) {
            assertRefused(
                    "turned-5.png: belongs to its image as EXIF turns it upright, but images are read as they are"
                            + " stored, as 4 masks do; give --exif apply",
                    model(view));
        }
        list(TurnedPhotos::storedClasses, 1, 2, 3, 4, 5, 6, 7, 8);
        assertRight("seen as stored", model(View.STORED));
        assertRight("seen as stored", model(View.UNSTATED));
        assertRefused(
                "turned-5.png: belongs to its image as it is stored, but images are turned upright by EXIF, as 4"
                        + " masks do; give --exif ignore",
                model(View.UPRIGHT));
    }

    /** Where no mask's sides tell, nothing is guessed that nobody has said. */
    @Test
    void masksThatCouldBeOfEitherViewNeedAWord() throws IOException {
        list(orientation -> TurnedPhotos.uprightClasses(), 1, 2, 3, 4);
        assertRefused(
                "3 masks are of images that EXIF turns, and neither their sides nor the model file tell on which view"
                        + " they were drawn; give --exif apply",
                model(View.UNSTATED));
        assertRight("seen upright", model(View.UNSTATED), "--exif", "apply");
        assertRight("seen upright", model(View.UPRIGHT));
        assertThat(evaluate(model(View.STORED)).out())
                .contains("3 of 4 images are turned by EXIF and seen as stored", "the sides of 3 of their masks")
                .doesNotContain("Mean IoU        100.00 %");
    }

    private void assertRight(String seen, Object... args) {
        CommandRun run = evaluate(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Mean IoU        100.00 %", "images are turned by EXIF and " + seen);
    }

    private void assertRefused(String reason, Object... args) {
        CommandRun run = evaluate(args);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains(reason);
    }

    private CommandRun evaluate(Object... args) {
        return CommandRun.of(Stream.of(new Object[] {"evaluate"}, args, new Object[] {folder})
                .flatMap(Arrays::stream)
                .toArray());
    }

    @Test
    void classificationSaysHowManyPhotosAreTurned() throws IOException {
        TurnedPhotos.write(folder.resolve("data/n3"));
        Files.writeString(folder.resolve("data/n3/turned-9.jpg"), "not an image");
        Path model = TestModels.classifier(folder, 1);
        assertThat(CommandRun.of("evaluate", "--skip-bad", model, folder.resolve("data"))
                        .out())
                .contains("7 of 9 images are turned by EXIF and seen as stored (upright: --exif apply)");
        assertThat(CommandRun.of("evaluate", "--skip-bad", "--exif", "apply", model, folder.resolve("data"))
                        .out())
                .contains("7 of 9 images are turned by EXIF and seen upright (as stored: --exif ignore)");
    }

    @Test
    void inspectSaysIt() {
        assertThat(CommandRun.of("inspect", model(View.UPRIGHT)).out()).contains("turned upright by EXIF, centred on");
        assertThat(CommandRun.of("inspect", model(View.STORED)).out()).contains("as stored (EXIF ignored), centred on");
        assertThat(CommandRun.of("inspect", model(View.UNSTATED)).out()).contains("Preprocessing  centred on");
        assertThat(CommandRun.of("inspect", "--json", model(View.STORED)).out()).contains("\"exif\":\"ignore\"");
        assertThat(CommandRun.of("inspect", "--json", model(View.UNSTATED)).out())
                .doesNotContain("exif");
    }

    private Path model(View view) {
        int side = TurnedPhotos.WIDTH;
        Preprocessing whole = TestModels.fit(Preprocessing.Fit.PAD, side, side).withView(view);
        return TestModels.segmenter(folder.resolve(view + ".onnx"), whole);
    }

    private void list(IntFunction<IndexImage> masks, int... orientations) throws IOException {
        Path drawn = Files.createDirectories(folder.resolve("VOC2012/masks"));
        Files.createDirectories(folder.resolve("VOC2012/list"));
        StringBuilder lines = new StringBuilder();
        IntStream.of(orientations).forEach(orientation -> {
            String name = "turned-" + orientation;
            PngFiles.write(masks.apply(orientation), PascalColors.palette(), drawn.resolve(name + ".png"));
            lines.append("/photos/")
                    .append(name)
                    .append(".jpg /masks/")
                    .append(name)
                    .append(".png\n");
        });
        Files.writeString(folder.resolve("VOC2012/list/val.txt"), lines);
    }
}
