package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.answer.PascalColors;
import org.elasticvision.runtime.cli.CommandRun;
import org.elasticvision.runtime.dataset.IdxFiles;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class EvaluateCommandTest {
    private static final int RED = 0xFF0000;
    private static final int GREEN = 0x00FF00;
    private static final int BLUE = 0x0000FF;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"-1, 1", "-1, 4", "3, 3"})
    void classificationIsMeasuredAsForImageNet(int modelBatch, int batch) throws IOException {
        // 10 images, of which one red one lies in the folder of green
        for (int i = 0; i < 5; i++) {
            image("data/val/n1/" + i + ".png", RED);
            image("data/val/n2/" + i + ".png", i == 2 ? RED : GREEN);
        }
        Path model = TestModels.classifier(folder, modelBatch);
        CommandRun run = CommandRun.of("evaluate", "--batch", batch, "--threads", 3, model, folder.resolve("data"));
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines()).startsWith("Err@1           10.00 %").doesNotContain("Err@5            0.00 %");
        assertThat(run.out()).contains("10 images in ");
        JsonObject json = json("evaluate", "--json", "--limit", 5, model, folder.resolve("data"));
        assertThat(json.get("images").getAsInt()).isEqualTo(5);
        assertThat(json.get("err1").getAsDouble()).isZero();
        assertThat(json.has("err5")).isFalse();
        assertSameInSeveralProcesses(3, "--limit", 7, model, folder.resolve("data"));
        assertSameInSeveralProcesses(2, "--limit", 1, model, folder.resolve("data")); // nothing for the second one
    }

    @Test
    void foldersOfOtherNamesAreMeasuredOnlyIfMeant() throws IOException {
        for (String name : new String[] {"x", "y", "z"}) {
            image("data/val/" + name + "/a.png", RED);
        }
        Path empty =
                Files.createDirectories(folder.resolve("data/val/__MACOSX")).resolveSibling("w");
        Files.createDirectories(empty);
        Path model = TestModels.classifier(folder, 1);
        CommandRun refused = CommandRun.of("evaluate", model, folder.resolve("data"));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errLines())
                .last()
                .asString()
                .contains("class folders 'x', 'y', 'z' of 3 are not among", "--by-order");
        CommandRun meant = CommandRun.of("evaluate", "--by-order", model, folder.resolve("data"));
        assertThat(meant.exitCode()).isZero();
        assertThat(meant.errLines()).containsExactly(folder.resolve("data/val") + ": passed over, without images: 'w'");
        assertThat(meant.outLines()).startsWith("Err@1           66.67 %");
    }

    @Test
    void fastDecodingMeasuresAllImages() throws IOException {
        Path photos = Files.createDirectories(folder.resolve("data/n1"));
        for (int i = 0; i < 3; i++) {
            ImageIO.write(
                    TestModels.plain(60, 50, RED),
                    "jpg",
                    photos.resolve(i + ".jpg").toFile());
        }
        Path model = TestModels.classifier(folder, 1);
        JsonObject json = json("evaluate", "--json", "--fast-decode", model, folder.resolve("data"));
        assertThat(json.get("images").getAsInt()).isEqualTo(3);
        assertThat(json.get("err1").getAsDouble()).isZero();
    }

    @Test
    void idxFilesAreMeasuredToo() {
        float[][] weights = {{0, 0, 0}, {1, 1, 1}, {-1, -1, -1}};
        Path model = TestModels.write(
                folder.resolve("dark_or_bright.onnx"),
                Task.CLASSIFICATION,
                TinyNetworks.classifier(-1, 4, 4, weights, new float[] {1.5f, 0, 0}),
                TestModels.cropTo(4));
        byte[] levels = new byte[4 * 16]; // dark, bright, bright, dark
        Arrays.fill(levels, 16, 48, (byte) 255);
        IdxFiles.write(folder.resolve("t10k-images-idx3-ubyte.gz"), IdxFiles.encode(levels, 4, 4, 4));
        Path labels = folder.resolve("t10k-labels-idx1-ubyte.gz");
        IdxFiles.write(labels, IdxFiles.encode(new byte[] {0, 1, 0, 0}, 4));
        JsonObject json = json("evaluate", "--json", model, folder);
        assertThat(json.get("images").getAsInt()).isEqualTo(4);
        assertThat(json.get("err1").getAsDouble()).isEqualTo(25);
        IdxFiles.write(labels, IdxFiles.encode(new byte[] {0, 1, 0, 3}, 4));
        CommandRun run = CommandRun.of("evaluate", model, folder);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains("image 3 is of class 3", "there are 3 labels");
    }

    @Test
    void aBadImageEndsTheEvaluationUnlessSkipped() throws IOException {
        for (int i = 0; i < 6; i++) {
            image("data/n1/" + i + ".png", RED);
        }
        Files.writeString(folder.resolve("data/n1/3.png"), "no image");
        Path model = TestModels.classifier(folder, 1);
        CommandRun run = CommandRun.of("evaluate", model, folder.resolve("data"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().startsWith("elastic: " + folder.resolve("data/n1/3.png"));
        assertThat(run.out()).isEmpty();
        JsonObject json = json("evaluate", "--json", "--skip-bad", model, folder.resolve("data"));
        assertThat(json.get("images").getAsInt()).isEqualTo(5);
        assertThat(json.get("skipped").getAsInt()).isEqualTo(1);
        assertThat(json.get("err1").getAsDouble()).isZero();
    }

    @Test
    void aBadImageOfAnotherProcessEndsTheEvaluationUnlessSkipped() throws IOException {
        for (int i = 0; i < 6; i++) {
            image("data/n1/" + i + ".png", RED);
        }
        Files.writeString(folder.resolve("data/n1/3.png"), "no image");
        Path model = TestModels.classifier(folder, 1);
        CommandRun run = CommandRun.of("evaluate", "--nproc", 2, model, folder.resolve("data"));
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("elastic: process 1 of 2: " + folder.resolve("data/n1/3.png"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertSameInSeveralProcesses(2, "--skip-bad", model, folder.resolve("data"));
        assertUsage("--nproc 0 must be at least 1", "evaluate", "--nproc", 0, model, folder.resolve("data"));
    }

    @Test
    void noUsableImageAtAllIsNoResult() throws IOException {
        Path bad = Files.createDirectories(folder.resolve("data/n1")).resolve("a.png");
        Files.writeString(bad, "no image");
        CommandRun run =
                CommandRun.of("evaluate", "--skip-bad", TestModels.classifier(folder, 1), folder.resolve("data"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("elastic: none of the 1 images can be decoded, the first because " + bad);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void resizeAndCropAreCheckedAgainstTheModel() throws IOException {
        image("data/n1/a.png", RED);
        Path data = folder.resolve("data");
        Path model = TestModels.classifier(folder, 1);
        JsonObject json = json("evaluate", "--json", "--resize", 9, "--crop", "4x4", model, data);
        assertThat(json.getAsJsonObject("preprocessing").get("resize").getAsInt())
                .isEqualTo(9);
        assertUsage("must be at least the crop", "evaluate", "--resize", 3, model, data);
        assertUsage("takes 4x4 pixels only", "evaluate", "--crop", 5, model, data);
        assertUsage("--crop: input size '4x' must be HEIGHTxWIDTH", "evaluate", "--crop", "4x", model, data);
        assertUsage("must be at most 8192", "evaluate", "--resize", 99999999, model, data);
        assertUsage("leave it out", "evaluate", "--resize", 9, TestModels.segmenter(folder, 1), data);
    }

    @Test
    void labelSetsAreMeasuredAsForMscoco() throws IOException {
        image("val2014/a.png", 0xFF00FF); // red and blue, both there
        image("val2014/b.png", GREEN); // green, but blue is there
        Path annotations = folder.resolve("instances_val2014.json");
        Files.writeString(
                annotations,
                """
                {"images": [{"id": 1, "file_name": "a.png"}, {"id": 2, "file_name": "b.png"}],
                 "categories": [{"id": 1, "name": "red"}, {"id": 2, "name": "green"}, {"id": 3, "name": "blue"}],
                 "annotations": [{"image_id": 1, "category_id": 1, "area": 10, "iscrowd": 0},
                                 {"image_id": 1, "category_id": 3, "area": 2000, "iscrowd": 0},
                                 {"image_id": 2, "category_id": 3, "area": 20000, "iscrowd": 0}]}
                """);
        Path model = TestModels.multiLabel(folder, -1);
        Path images = folder.resolve("val2014");
        JsonObject json = json("evaluate", "--json", "--annotations", annotations, "--images", images, model);
        JsonObject cropped =
                json("evaluate", "--json", "--crop", "4", "--annotations", annotations, "--images", images, model);
        assertThat(json.getAsJsonObject("preprocessing").get("fit").getAsString())
                .isEqualTo("stretch");
        assertThat(cropped.getAsJsonObject("preprocessing").get("fit").getAsString())
                .isEqualTo("resize-and-crop");
        assertUsage(
                "give --crop too", "evaluate", "--resize", 9, "--annotations", annotations, "--images", images, model);
        // 2 of 3 answers are right, 2 of 3 truths found
        assertThat(json.get("P_O").getAsDouble()).isCloseTo(200 / 3.0, within(1e-9));
        assertThat(json.get("R_O").getAsDouble()).isCloseTo(200 / 3.0, within(1e-9));
        assertThat(json.get("P_C").getAsDouble()).isCloseTo(200 / 3.0, within(1e-9));
        assertThat(json.get("R_C").getAsDouble()).isCloseTo(50, within(1e-9));
        JsonObject large = json.getAsJsonObject("recallBySize").getAsJsonObject("large");
        assertThat(large.get("overall").getAsDouble()).isZero();
        assertThat(json.getAsJsonObject("recallBySize").getAsJsonObject("small").has("overall"))
                .isTrue();
        assertSameInSeveralProcesses(2, "--annotations", annotations, "--images", images, model);
        CommandRun run = CommandRun.of("evaluate", "--annotations", annotations, "--images", images, model);
        assertThat(run.out()).contains("P_O  66.67 %   R_O  66.67 %   F_O  66.67 %");
        assertUsage(
                "--annotations is for multilabel models",
                "evaluate",
                "--annotations",
                annotations,
                "--images",
                images,
                TestModels.classifier(folder, 1));
    }

    @Test
    void recallOfSizesThatDoNotOccurIsADash() throws IOException {
        image("val2014/a.png", RED);
        Path annotations = folder.resolve("red.json");
        Files.writeString(
                annotations,
                """
                {"images": [{"id": 1, "file_name": "a.png"}], "categories": [{"id": 7, "name": "red"}],
                 "annotations": [{"image_id": 1, "category_id": 7, "bbox": [0, 0, 40, 40]}]}
                """);
        Path model = TestModels.multiLabel(folder, -1);
        Path images = folder.resolve("val2014");
        CommandRun run = CommandRun.of("evaluate", "--annotations", annotations, "--images", images, model);
        assertThat(run.outLines())
                .contains(
                        "  small           -          -",
                        "  medium     100.00 %    33.33 %",
                        "  large           -          -");
        JsonObject sizes = json("evaluate", "--json", "--annotations", annotations, "--images", images, model)
                .getAsJsonObject("recallBySize");
        assertThat(sizes.getAsJsonObject("small").keySet()).containsExactly("truePositives", "falseNegatives");
        assertThat(sizes.getAsJsonObject("medium").get("overall").getAsDouble()).isEqualTo(100);
    }

    @Test
    void masksOfNoAndYesAreRefused() throws IOException {
        write("VOC2012/a.png", TestModels.plain(4, 1, RED));
        mask("VOC2012/mask.png", 4, 1, 0, 255, 255, 0);
        Files.createDirectories(folder.resolve("VOC2012/list"));
        Files.writeString(folder.resolve("VOC2012/list/val.txt"), "/a.png /mask.png\n");
        CommandRun run = CommandRun.of("evaluate", TestModels.segmenter(folder, 1), folder);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("no pixel of any class but 0; 255 is void and counts nowhere");
    }

    @Test
    void segmentationsAreMeasuredAsForPascalVoc() throws IOException {
        BufferedImage image = TestModels.plain(4, 1, RED);
        image.setRGB(0, 0, GREEN);
        write("VOC2012/images/a.png", image);
        mask("VOC2012/masks/a.png", 4, 1, 1, 0, 2, 255);
        // larger than the network's 8 x 6: shrunk, and the answer enlarged
        write("VOC2012/images/b.png", TestModels.plain(16, 12, BLUE));
        byte[] blue = new byte[16 * 12];
        Arrays.fill(blue, (byte) 2);
        mask("VOC2012/masks/b.png", 16, 12, blue);
        Files.createDirectories(folder.resolve("VOC2012/list"));
        Files.writeString(
                folder.resolve("VOC2012/list/val.txt"), "/images/a.png /masks/a.png\n/images/b.png /masks/b.png\n");
        JsonObject json = json("evaluate", "--json", TestModels.segmenter(folder, -1), folder);
        JsonObject iou = json.getAsJsonObject("iou");
        assertThat(iou.get("green").getAsDouble()).isCloseTo(1, within(1e-9));
        assertThat(iou.get("red").getAsDouble()).isCloseTo(0.5, within(1e-9));
        assertThat(iou.get("blue").getAsDouble()).isCloseTo(192 / 193.0, within(1e-9));
        assertThat(json.get("pixelAccuracy").getAsDouble()).isCloseTo(194 / 195.0, within(1e-9));
        assertSameInSeveralProcesses(2, TestModels.segmenter(folder, -1), folder);
        assertThat(CommandRun.of("evaluate", TestModels.segmenter(folder, 2), folder)
                        .out())
                .contains("  green  100.00 %", "Mean IoU         83.16 %");
    }

    @Test
    void aMaskOfAnotherSizeIsNamed() throws IOException {
        write("VOC2012/a.png", TestModels.plain(4, 1, RED));
        mask("VOC2012/mask.png", 3, 1, 1, 0, 2);
        Files.createDirectories(folder.resolve("VOC2012/list"));
        Files.writeString(folder.resolve("VOC2012/list/val.txt"), "/a.png /mask.png\n");
        CommandRun run = CommandRun.of("evaluate", TestModels.segmenter(folder, 1), folder);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains("mask.png is 3x1 pixels, its image 4x1");
    }

    private static void assertSameInSeveralProcesses(int processes, Object... args) {
        List<Object> words = new ArrayList<>(List.of("evaluate", "--json"));
        words.addAll(List.of(args));
        JsonObject one = json(words.toArray());
        words.addAll(List.of("--nproc", processes));
        JsonObject several = json(words.toArray());
        for (String time : List.of("seconds", "imagesPerSecond")) {
            assertThat(one.remove(time)).isNotNull();
            assertThat(several.remove(time)).isNotNull();
        }
        assertThat(several).isEqualTo(one);
    }

    private static JsonObject json(Object... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    private static void assertUsage(String reason, Object... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.errLines()).singleElement().asString().contains(reason);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private void image(String name, int rgb) throws IOException {
        write(name, TestModels.plain(6, 5, rgb));
    }

    private void write(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private void mask(String name, int width, int height, int... indices) throws IOException {
        byte[] bytes = new byte[indices.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) indices[i];
        }
        mask(name, width, height, bytes);
    }

    private void mask(String name, int width, int height, byte[] indices) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        PngFiles.write(new IndexImage(width, height, indices), PascalColors.palette(), file);
    }
}
