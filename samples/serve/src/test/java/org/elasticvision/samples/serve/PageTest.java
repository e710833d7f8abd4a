package org.elasticvision.samples.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.explain.ElasticNetworks;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.model.ServedModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/** The page in a real browser, from the outside. Screenshots stay in {@code target/screenshots}. */
@EnabledIf(
        value = "org.elasticvision.samples.serve.Browser#isInstalled",
        disabledReason =
                "/usr/bin/chromium or /usr/bin/chromedriver is missing: apt-get install chromium chromium-driver")
class PageTest {
    private static final int WIDE = 1280;
    private static final int PHONE = 360;
    private static final int PHONE_HEIGHT = 740;
    private static final Limits LIMITS = new Limits(1 << 20, 1, Duration.ofSeconds(20));
    private static final byte[] BLUE_AND_GREEN = Pictures.halves(Pictures.BLUE, Pictures.GREEN);

    @TempDir
    static Path folder;

    private static PredictionServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(Files.createDirectory(folder.resolve("profile")));
        List<ServedModel> models = new ArrayList<>(TestServers.colors(folder));
        Path elastic = ElasticNetworks.classifier(folder.resolve("elastic.onnx"), Task.CLASSIFICATION, 1);
        models.add(TestServers.open(elastic, ModelOptions.defaults()));
        server = TestServers.start(models, LIMITS);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        browser.view(WIDE, 900, false);
        browser.open(server.port());
        browser.complaints(); // those of the test before
    }

    @Test
    void classifiesADroppedPicture() throws IOException {
        browser.screenshot("empty-1280");
        browser.drop(Pictures.plain(Pictures.GREEN), "green.png", "image/png");
        browser.awaitText("#headline", "green");
        assertThat(browser.texts("#classes .name")).first().isEqualTo("green");
        assertThat(browser.texts("#classes .name")).containsExactlyInAnyOrder("green", "red", "blue");
        assertThat(browser.find("#classes .value").getText()).isEqualTo("100.0 %");
        assertThat(browser.texts("#stage-list dt"))
                .containsExactly("upload", "queue", "decode", "preprocess", "inference", "postprocess", "encode");
        assertThat(browser.find("#total").getText()).contains("on the server");
        assertThat(browser.find("#message").isDisplayed()).isFalse();
        browser.screenshot("classification-1280");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsTheSetOfLabels() throws IOException {
        browser.select("multilabel");
        browser.drop(BLUE_AND_GREEN, "both.png", "image/png");
        browser.awaitText("#headline", "2 labels");
        assertThat(browser.texts("#present li")).containsExactlyInAnyOrder("blue", "green");
        assertThat(browser.texts("#classes .name")).hasSize(3);
        browser.screenshot("multilabel-1280");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void explainsInATab() throws IOException {
        browser.select("elastic");
        browser.drop(BLUE_AND_GREEN, "both.png", "image/png");
        browser.await("an answer", () -> browser.texts("#classes .name").size() == 3);
        browser.find("#explanation-tab").click();
        browser.await("the scale policy", () -> browser.find("#policy").isDisplayed());
        assertThat(browser.find("#classes").isDisplayed()).isFalse();
        assertThat(browser.find("#bars").getAttribute("aria-label")).contains("of 1 blocks");
        assertThat(browser.texts("#map-class option"))
                .first()
                .isEqualTo(browser.find("#headline").getText());
        assertThat(browser.texts("#map-class option")).hasSize(3);
        browser.await("the map", () -> !browser.pixel(0, 0).equals(List.of(0L, 0L, 255L, 255L)));
        browser.screenshot("explanation-1280");
        browser.drop(Pictures.plain(Pictures.GREEN), "green.png", "image/png");
        browser.await("the next one", () -> browser.find("#policy").isDisplayed());
        browser.find("#answer-tab").click();
        browser.await("the picture", () -> browser.pixel(0, 0).equals(List.of(0L, 255L, 0L, 255L)));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void explainsASegmentationByItsUncertainty() {
        browser.select("segmenter");
        browser.drop(BLUE_AND_GREEN, "both.png", "image/png");
        browser.await("the overlay", () -> browser.find("#overlay").isDisplayed());
        browser.find("#explanation-tab").click();
        browser.await("the uncertainty", () -> browser.find("#uncertainty").isDisplayed());
        assertThat(browser.find("#overlay").isDisplayed()).isFalse();
        assertThat(browser.texts("#notes li")).hasSize(1).first().asString().contains("no Elastic block");
        browser.find("#answer-tab").click();
        browser.await("the overlay again", () -> browser.find("#overlay").isDisplayed());
    }

    @Test
    void drawsTheOverlay() throws IOException {
        browser.select("segmenter");
        browser.drop(BLUE_AND_GREEN, "both.png", "image/png");
        browser.awaitText("#headline", "blue");
        int right = Pictures.WIDTH - 1;
        // 60 % of the classes' colours, (0, 128, 0) and (128, 0, 0), over blue and green
        browser.await("the overlay", () -> isAbout(browser.pixel(0, 0), 0, 77, 102));
        assertThat(isAbout(browser.pixel(right, 2), 77, 102, 0)).isTrue();
        browser.screenshot("segmentation-1280");
        browser.slide(0);
        assertThat(browser.pixel(0, 0)).containsExactly(0L, 0L, 255L, 255L);
        browser.slide(100);
        assertThat(browser.pixel(0, 0)).containsExactly(0L, 128L, 0L, 255L);
        browser.find("#classes button").click(); // hides the first class, which covers half
        assertThat(browser.find("#classes button").getAttribute("aria-pressed")).isEqualTo("false");
        String hidden = browser.find("#classes .name").getText();
        assertThat(browser.pixel(hidden.equals("blue") ? 0 : right, 0).subList(0, 3))
                .isEqualTo(hidden.equals("blue") ? List.of(0L, 0L, 255L) : List.of(0L, 255L, 0L));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsASmallPictureWhole() {
        browser.drop(BLUE_AND_GREEN, "both.png", "image/png");
        browser.await("the picture", () -> browser.find("#canvas").isDisplayed());
        assertThat((Boolean) browser.script("const c = document.querySelector('#canvas').getBoundingClientRect();"
                        + "const d = document.querySelector('#drop').getBoundingClientRect();"
                        + "return c.height > 100 && c.top >= d.top && c.bottom <= d.bottom"))
                .isTrue();
    }

    @Test
    void asksAnotherModelAboutTheSamePicture() {
        browser.drop(BLUE_AND_GREEN, "both.png", "image/png");
        browser.await("bars", () -> browser.texts("#classes .name").size() == 3);
        browser.select("multilabel");
        browser.awaitText("#headline", "2 labels");
        browser.select("segmenter");
        browser.await("the overlay", () -> browser.find("#overlay").isDisplayed());
        browser.select("classifier");
        browser.await("no overlay", () -> !browser.find("#overlay").isDisplayed());
        assertThat(browser.pixel(0, 0)).containsExactly(0L, 0L, 255L, 255L);
    }

    @Test
    void takesAChosenFile() throws IOException {
        browser.choose(Files.write(folder.resolve("chosen.png"), Pictures.plain(Pictures.BLUE)));
        browser.awaitText("#headline", "blue");
    }

    @Test
    void takesAPastedPicture() {
        browser.script(
                """
                const canvas = document.createElement('canvas');
                canvas.width = canvas.height = 8;
                const pen = canvas.getContext('2d');
                pen.fillStyle = '#00ff00';
                pen.fillRect(0, 0, 8, 8);
                canvas.toBlob(blob => {
                  const data = new DataTransfer();
                  data.items.add(new File([blob], 'pasted.png', { type: 'image/png' }));
                  document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
                });
                """);
        browser.awaitText("#headline", "green");
    }

    @Test
    void takesAPictureWithTheCamera() {
        browser.find("#camera").click();
        browser.await("the camera's frames", () ->
                (Boolean) browser.script("return document.getElementById('video').videoWidth > 0"));
        browser.find("#shoot").click();
        browser.await("an answer", () -> browser.texts("#classes .name").size() == 3);
        assertThat(browser.find("#viewfinder").isDisplayed()).isFalse();
        assertThat(browser.script("return document.getElementById('video').srcObject"))
                .isNull();
    }

    @Test
    void saysThatAFileIsTooLarge() throws IOException {
        browser.drop(new byte[(1 << 20) + 1], "large.jpg", "image/jpeg");
        browser.awaitText("#message", "larger than the 1.0 MB that the server takes");
        assertThat(browser.find("#headline").getText()).isEqualTo("No answer");
        browser.screenshot("too-large-1280");
        browser.drop(Pictures.plain(Pictures.BLUE), "blue.png", "image/png");
        browser.awaitText("#headline", "blue");
        assertThat(browser.find("#message").isDisplayed()).isFalse();
    }

    @Test
    void saysThatAPictureIsBroken() throws IOException {
        byte[] half = Arrays.copyOf(BLUE_AND_GREEN, BLUE_AND_GREEN.length / 2);
        browser.drop(half, "half.png", "image/png");
        browser.awaitText("#message", "the PNG is cut off");
        assertThat(browser.find("#again").isDisplayed()).isFalse();
        browser.screenshot("broken-1280");
        browser.drop("notes".getBytes(StandardCharsets.UTF_8), "notes.txt", "text/plain");
        browser.awaitText("#message", "give a JPEG, PNG, BMP, WebP, TIFF or PNM");
    }

    @Test
    void saysThatTheServerIsBusyAndTriesAgain() {
        HeldModel model = new HeldModel();
        try (PredictionServer slow = TestServers.start(List.of(model), LIMITS)) {
            browser.open(slow.port());
            Client client = new Client(slow.port());
            var inside = IntStream.range(0, LIMITS.places())
                    .mapToObj(i -> client.postLater("/v1/models/held:predict", new byte[1]))
                    .toList();
            browser.await("all places taken", () -> client.get("/metrics")
                    .body()
                    .contains("elastic_predictions_waiting " + (LIMITS.places() - 1) + ".0"));
            browser.drop(Pictures.plain(Pictures.BLUE), "blue.png", "image/png");
            browser.awaitText("#message", "The server is busy");
            model.allow(LIMITS.places() + 1);
            inside.forEach(one -> assertThat(one.join().statusCode()).isEqualTo(200));
            browser.find("#again").click();
            browser.awaitText("#headline", "red");
        }
    }

    @Test
    void fitsAPhone() throws IOException {
        browser.view(PHONE, PHONE_HEIGHT, true);
        for (String model : List.of("classifier", "multilabel", "segmenter")) {
            browser.select(model);
            browser.drop(BLUE_AND_GREEN, "both.png", "image/png");
            browser.await("an answer", () -> browser.find("#timing").isDisplayed());
            assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(PHONE);
            assertThat((Boolean) browser.script("return [...document.querySelectorAll('#stage-list div')]"
                            + ".every(line => line.offsetHeight < 30 && line.scrollWidth <= line.clientWidth)"))
                    .as("each stage on a line of its own")
                    .isTrue();
            Long height = (Long) browser.script("return document.documentElement.scrollHeight");
            browser.view(PHONE, height.intValue(), true); // all of it in the picture
            browser.screenshot(model + "-360-dark");
            browser.view(PHONE, PHONE_HEIGHT, true);
        }
    }

    @Test
    void isUsedByKeyboard() {
        browser.select("segmenter");
        browser.drop(BLUE_AND_GREEN, "both.png", "image/png");
        browser.await("the legend", () -> browser.texts("#classes button").size() == 2);
        @SuppressWarnings("unchecked")
        List<String> reached = (List<String>)
                browser.script(
                        """
                return [...document.querySelectorAll('a, button, input, select')]
                    .filter(one => one.offsetParent !== null && one.tabIndex >= 0).map(one => one.id || one.className);
                """);
        assertThat(reached).contains("model", "choose", "camera", "opacity", "row");
        browser.find("#classes button").sendKeys(Keys.SPACE);
        assertThat(browser.find("#classes button").getAttribute("aria-pressed")).isEqualTo("false");
    }

    private static boolean isAbout(List<Long> pixel, int... rgb) {
        for (int channel = 0; channel < rgb.length; channel++) {
            if (Math.abs(pixel.get(channel) - rgb[channel]) > 2) {
                return false;
            }
        }
        return true;
    }
}
