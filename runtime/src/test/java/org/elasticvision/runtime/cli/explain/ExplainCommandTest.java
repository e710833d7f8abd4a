package org.elasticvision.runtime.cli.explain;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.CommandRun;
import org.elasticvision.runtime.explain.ElasticNetworks;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ExplainCommandTest {
    private static final int RED = 0xFF0000;

    @TempDir
    Path folder;

    private Path model;
    private Path photo;

    @BeforeEach
    void aModelAndAPhoto() throws IOException {
        model = ElasticNetworks.classifier(folder.resolve("elastic.onnx"), Task.CLASSIFICATION, 1);
        photo = image("photo.png", RED);
    }

    @Test
    void policyAndMapAreToldAndDrawn() throws IOException {
        Path out = folder.resolve("out");
        Path page = folder.resolve("page.html");
        CommandRun run = CommandRun.of("explain", model, photo, "-o", out, "--report", page);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines())
                .containsExactly(
                        photo.toString(),
                        "   99.3 %  blue",
                        "    0.7 %  green",
                        "    0.0 %  red",
                        "  blue (logit 14.000) is seen most at 13 % across, 13 % down its input",
                        "  scale policy: high resolution in 0 of 1 blocks",
                        "    stage.0        4x4  high  2.0000  low  3.0000  score  -1.0000  low",
                        "  wrote " + out.resolve("photo.2-blue.png"),
                        "  wrote " + out.resolve("photo.policy.png"));
        assertThat(names(out)).containsExactly("photo.2-blue.png", "photo.policy.png");
        assertThat(ImageSource.of(out.resolve("photo.2-blue.png"))
                        .decode(Orientation.IGNORE_EXIF)
                        .width())
                .isEqualTo(320);
        String html = Files.readString(page);
        assertThat(html)
                .contains("elastic.onnx", "class activation map of blue", "data:image/png;base64,", "stage.0")
                .doesNotContain("<script", "http://", "https://", "{{");
    }

    @Test
    void asJsonAllNumbersAreThere() {
        CommandRun run = CommandRun.of("explain", "--json", model, photo, "--class", "red");
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(json.get("image").getAsString()).isEqualTo(photo.toString());
        JsonObject block = json.getAsJsonArray("scale_policy").get(0).getAsJsonObject();
        assertThat(block.get("block").getAsString()).isEqualTo("stage.0");
        assertThat(block.get("score").getAsDouble()).isEqualTo(-1, within(1e-6));
        JsonObject map = json.getAsJsonArray("activation_maps").get(0).getAsJsonObject();
        assertThat(map.get("name").getAsString()).isEqualTo("red");
        assertThat(map.getAsJsonArray("map")).hasSize(4);
        assertThat(map.getAsJsonArray("map").get(3).getAsJsonArray().get(3).getAsDouble())
                .isEqualTo(5, within(1e-5));
        assertThat(map.has("file")).isFalse();
    }

    @Test
    void aClassIsNamedByNameIdOrIndex() {
        for (String name : List.of("green", "GREEN", "n2", "1")) {
            CommandRun run = CommandRun.of("explain", model, photo, "--class", name, "--signed");
            assertThat(run.out()).contains("green (logit");
        }
        assertThat(wrongUsage("--class", "pink"))
                .contains("--class pink is none of the model's 3 classes; 'elastic inspect --json' lists them");
        assertThat(wrongUsage("--class", "3")).contains("--class 3 is none of");
    }

    @Test
    void aNetworkWithoutElasticSaysSoOnce() throws IOException {
        Path plain = TestModels.classifier(folder, -1);
        CommandRun run = CommandRun.of("explain", plain, photo, image("other.png", 0xFF));
        assertThat(run.exitCode()).isZero();
        assertThat(run.errLines())
                .containsExactly("elastic: no scale policies: " + plain + " (colors) has no Elastic block, where two"
                        + " resolutions of one value are convolved and joined");
        assertThat(run.out()).doesNotContain("scale policy").contains("blue (logit");
    }

    @Test
    void aSegmentationShowsItsUncertainty() throws IOException {
        Path segmenter = TestModels.segmenter(folder, 1);
        Path out = folder.resolve("out");
        CommandRun run = CommandRun.of("explain", segmenter, photo, "-o", out);
        assertThat(run.out()).contains("uncertainty ", "% on average");
        assertThat(names(out)).containsExactly("photo.uncertainty.png");
        assertThat(CommandRun.of("explain", segmenter, photo, "--class", "red").err())
                .contains("--class is for classification and multilabel models; " + segmenter
                        + " is a segmentation model");
    }

    @Test
    void badImagesAreSaidAndTheOthersAreStillExplained() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.png"), "no picture");
        Path page = folder.resolve("page.html");
        CommandRun run = CommandRun.of("explain", model, bad, photo, "--report", page);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(2).last().isEqualTo("elastic: 1 of 2 images failed");
        assertThat(run.out()).contains("scale policy");
        assertThat(page).exists();
        Path none = folder.resolve("none.html");
        assertThat(CommandRun.of("explain", model, bad, "--report", none).exitCode())
                .isEqualTo(1);
        assertThat(none).doesNotExist();
    }

    @Test
    void ofADataSetPoliciesAreByClass() throws IOException {
        Path data = folder.resolve("data");
        for (int i = 0; i < 3; i++) {
            image("data/val/n1/" + i + ".png", RED);
            image("data/val/n2/" + i + ".png", 0x00FF00);
        }
        Path out = folder.resolve("out");
        Path page = folder.resolve("page.html");
        CommandRun run = CommandRun.of("explain", model, "--data", data, "-o", out, "--report", page);
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines())
                .containsExactly(
                        "scale policies of 6 images",
                        "  stage.0  score  -0.5000 ± 0.5000  high in   0.0 % of the images",
                        "  red: high resolution in 0.0 % of the blocks (3 images)",
                        "  green: high resolution in 0.0 % of the blocks (3 images)");
        assertThat(names(out)).containsExactly("differences.png", "scores.png");
        assertThat(Files.readString(page)).contains("Mean score of each block", "green (3)");
        JsonObject json = JsonParser.parseString(CommandRun.of("explain", "--json", model, "--data", data, "--limit", 4)
                        .out())
                .getAsJsonObject();
        assertThat(json.getAsJsonObject("all").get("images").getAsInt()).isEqualTo(4);
        assertThat(json.getAsJsonArray("classes")).hasSize(2);
        assertThat(json.getAsJsonObject("sizes").size()).isZero();
    }

    @Test
    void ofADataSetABadImageEndsItUnlessItIsSkipped() throws IOException {
        image("data/val/n1/a.png", RED);
        image("data/val/n2/a.png", RED);
        Files.writeString(folder.resolve("data/val/n2/b.png"), "no picture");
        Path data = folder.resolve("data");
        assertThat(CommandRun.of("explain", model, "--data", data).exitCode()).isEqualTo(1);
        CommandRun skipping = CommandRun.of("explain", model, "--data", data, "--skip-bad");
        assertThat(skipping.exitCode()).isZero();
        assertThat(skipping.outLines()).last().isEqualTo("skipped 1");
    }

    @Test
    void aDataSetNeedsAnElasticNetwork() throws IOException {
        image("data/val/n1/a.png", RED);
        Path plain = TestModels.classifier(folder, 1);
        CommandRun run = CommandRun.of("explain", plain, "--data", folder.resolve("data"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .endsWith("; give an Elastic network, or images for what else can be shown");
    }

    @Test
    void wrongUsageIsRefused() throws IOException {
        long size = Files.size(photo);
        assertThat(CommandRun.of("explain", model).exitCode()).isEqualTo(2);
        assertThat(wrongUsage("--data", folder)).contains("give images, or --data, not both");
        assertThat(wrongUsage("--limit", 3)).contains("--limit is about a data set, and these are images");
        assertThat(CommandRun.of("explain", model, "--data", folder, "--signed").err())
                .contains("--signed is about images, and this is a data set");
        assertThat(wrongUsage("--report", photo)).contains("--report " + photo + " is an image itself");
        Path other = Files.copy(photo, folder.resolve("another.html"));
        assertThat(wrongUsage("--report", other)).contains("is a picture, which would be lost; name another file");
        assertThat(other).hasSize(size);
        assertThat(wrongUsage("--report", folder.resolve("page.png"))).contains("page.png must end in .html");
        assertThat(photo).hasSize(size);
    }

    @Test
    void aPictureThatIsToBeReadIsNotOverwritten() throws IOException {
        Path own = image("out/photo.policy.png", RED);
        CommandRun run = CommandRun.of("explain", model, photo, own, "-o", folder.resolve("out"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("might overwrite photo.policy.png", "give another folder to -o");
    }

    private String wrongUsage(Object option, Object value) {
        CommandRun run = CommandRun.of("explain", model, photo, option, value);
        assertThat(run.exitCode()).isEqualTo(2);
        return run.err();
    }

    private Path image(String name, int rgb) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(TestModels.plain(4, 4, rgb), "png", file.toFile());
        return file;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
