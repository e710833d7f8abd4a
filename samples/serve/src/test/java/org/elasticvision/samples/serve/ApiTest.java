package org.elasticvision.samples.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.elasticvision.samples.serve.http.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Every path of the server, over real models. */
class ApiTest {
    @TempDir
    static Path folder;

    private static PredictionServer server;
    private static Client client;

    @BeforeAll
    static void start() {
        server = TestServers.start(TestServers.colors(folder), TestServers.ROOMY);
        client = new Client(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void classifies() {
        JsonObject answer = ask("classifier:predict", Pictures.plain(Pictures.GREEN));
        assertThat(answer.get("model").getAsString()).isEqualTo("classifier");
        assertThat(answer.get("task").getAsString()).isEqualTo("classification");
        JsonArray classes = answer.getAsJsonArray("classes");
        assertThat(classes).hasSize(3);
        JsonObject best = classes.get(0).getAsJsonObject();
        assertThat(best.get("name").getAsString()).isEqualTo("green");
        assertThat(best.get("id").getAsString()).isEqualTo("n2");
        assertThat(best.get("index").getAsInt()).isEqualTo(1);
        // softmax of -1, 9, -1
        assertThat(best.get("probability").getAsDouble()).isCloseTo(1 / (1 + 2 * Math.exp(-10)), within(1e-6));
    }

    @Test
    void showsAtMostTheClassesAskedFor() {
        JsonObject answer = ask("classifier:predict?top=2", Pictures.plain(Pictures.GREEN));
        assertThat(answer.getAsJsonArray("classes")).hasSize(2);
    }

    @Test
    void findsTheSetOfLabels() {
        byte[] halves = Pictures.halves(Pictures.GREEN, Pictures.BLUE);
        assertThat(names(ask("multilabel:predict", halves))).containsExactlyInAnyOrder("green", "blue");
        assertThat(names(ask("multilabel:predict?threshold=0", halves))).hasSize(3);
    }

    @Test
    void segmentsAndSendsMaskAndOverlay() throws IOException {
        JsonObject answer = ask(
                "segmenter:predict?mask=png&overlay=png&alpha=0.25", Pictures.halves(Pictures.BLUE, Pictures.GREEN));
        assertThat(answer.get("width").getAsInt()).isEqualTo(Pictures.WIDTH);
        assertThat(answer.get("height").getAsInt()).isEqualTo(Pictures.HEIGHT);
        JsonObject first = answer.getAsJsonArray("classes").get(0).getAsJsonObject();
        assertThat(first.get("share").getAsDouble()).isEqualTo(0.5);
        assertThat(names(answer)).containsExactlyInAnyOrder("blue", "green");
        BufferedImage mask = png(answer.get("mask").getAsString());
        assertThat(mask.getRaster().getSample(0, 0, 0)).isEqualTo(2);
        assertThat(mask.getRaster().getSample(Pictures.WIDTH - 1, Pictures.HEIGHT - 1, 0))
                .isEqualTo(1);
        BufferedImage overlay = png(answer.get("overlay").getAsString());
        assertThat(overlay.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x0020BF); // a quarter of (0, 128, 0) over blue
        for (var row : answer.getAsJsonArray("classes")) {
            JsonObject shown = row.getAsJsonObject();
            String color = shown.get("name").getAsString().equals("blue") ? "#008000" : "#800000";
            assertThat(shown.get("color").getAsString()).isEqualTo(color);
        }
    }

    @Test
    void tellsWhereTheTimeWent() {
        JsonObject timing =
                ask("classifier:predict", Pictures.plain(Pictures.BLUE)).getAsJsonObject("timing");
        assertThat(timing.keySet())
                .containsExactly(
                        "upload", "queue", "decode", "preprocess", "inference", "postprocess", "encode", "total");
        double parts = Arrays.stream(Stage.values())
                .mapToDouble(stage -> timing.get(stage.id()).getAsDouble())
                .sum();
        assertThat(parts).isLessThanOrEqualTo(timing.get("total").getAsDouble() + 0.05);
    }

    @Test
    void listsItsModelsAndLimits() {
        JsonObject served = Client.json(client.get("/v1/models"));
        assertThat(served.getAsJsonArray("models"))
                .extracting(model -> model.getAsJsonObject().get("name").getAsString())
                .containsExactly("classifier", "multilabel", "segmenter");
        assertThat(served.getAsJsonObject("limits").get("bodyBytes").getAsLong())
                .isEqualTo(1 << 20);
        JsonObject one = Client.json(client.get("/v1/models/segmenter"));
        assertThat(one.get("task").getAsString()).isEqualTo("segmentation");
        assertThat(one.getAsJsonArray("labels")).hasSize(3);
    }

    @Test
    void isAliveAndReady() {
        assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(Client.json(client.get("/readyz")).get("status").getAsString())
                .isEqualTo("ready");
    }

    @Test
    void countsForPrometheus() {
        ask("classifier:predict", Pictures.plain(Pictures.BLUE));
        client.post("/v1/models/classifier:predict", new byte[] {1, 2, 3});
        client.get("/somebody/probes/paths");
        HttpResponse<String> metrics = client.get("/metrics");
        assertThat(metrics.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body())
                .contains("# TYPE elastic_requests_total counter")
                .containsPattern(
                        "elastic_requests_total\\{route=\"/v1/models/classifier:predict\",status=\"200\"} [1-9]")
                .containsPattern(
                        "elastic_requests_total\\{route=\"/v1/models/classifier:predict\",status=\"422\"} [1-9]")
                .containsPattern("elastic_prediction_duration_seconds_count\\{model=\"classifier\"} [1-9]")
                .contains("# TYPE elastic_stage_duration_seconds histogram")
                .containsPattern(stage("count", "decode") + " [1-9]")
                .containsPattern(stage("count", "preprocess") + " [1-9]")
                .containsPattern(stage("sum", "inference") + " [0-9.E-]+")
                .containsPattern("elastic_batches_total\\{model=\"classifier\"} [1-9]")
                .containsPattern("elastic_batched_images_total\\{model=\"classifier\"} [1-9]")
                .contains("elastic_predictions_running 0.0")
                .contains("elastic_model{architecture=\"colors\",model=\"segmenter\"")
                .doesNotContain("somebody");
    }

    private static String stage(String what, String name) {
        return "elastic_stage_duration_seconds_" + what + "\\{model=\"classifier\",stage=\"" + name + "\"}";
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/page.css, text/css; charset=utf-8",
        "/page.js, text/javascript; charset=utf-8",
        "/icon.svg, image/svg+xml"
    })
    void sendsThePage(String path, String type) {
        HttpResponse<String> reply = client.get(path);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(reply.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'");
        assertThat(reply.body()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/models/cats:predict | no model 'cats' is served here; there is classifier, multilabel, segmenter",
                "/v1/models/classifier:describe | to ask this model, POST to /v1/models/classifier:predict",
                "/v2/models | the models are listed at /v1/models"
            })
    void saysWhatIsNotThere(String path, String message) {
        HttpResponse<String> reply = client.post(path, Pictures.plain(Pictures.BLUE));
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(Client.error(reply)).contains(message);
    }

    @Test
    void saysWhichMethodToUse() {
        HttpResponse<String> reply = client.get("/v1/models/classifier:predict");
        assertThat(reply.statusCode()).isEqualTo(405);
        assertThat(reply.headers().firstValue("Allow")).hasValue("POST");
        assertThat(Client.error(reply)).isEqualTo("GET is not for /v1/models/classifier:predict; use POST");
        assertThat(client.post("/v1/models", new byte[1]).statusCode()).isEqualTo(405);
    }

    @Test
    void answersHead() {
        HttpResponse<String> reply = Client.send(client.request("/readyz").method("HEAD", BodyPublishers.noBody()));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void refusesAnEmptyBody() {
        HttpResponse<String> reply = client.post("/v1/models/classifier:predict", new byte[0]);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(Client.error(reply)).contains("curl --data-binary @photo.jpg");
    }

    @Test
    void refusesOtherTypes() {
        HttpResponse<String> reply = Client.send(client.request("/v1/models/classifier:predict")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("a picture")));
        assertThat(reply.statusCode()).isEqualTo(415);
        assertThat(Client.error(reply)).contains("send an image file's bytes as they are");
    }

    @Test
    void refusesWhatIsNoImage() {
        HttpResponse<String> text =
                client.post("/v1/models/classifier:predict", "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(text.statusCode()).isEqualTo(422);
        assertThat(Client.error(text)).contains("give a JPEG, PNG, BMP, WebP, TIFF or PNM");
        byte[] picture = Pictures.plain(Pictures.BLUE);
        byte[] half = Arrays.copyOf(picture, picture.length / 2);
        HttpResponse<String> cut = client.post("/v1/models/segmenter:predict?mask=png", half);
        assertThat(cut.statusCode()).isEqualTo(422);
        assertThat(Client.error(cut)).contains("the PNG is cut off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classifier:predict?top=0 -> top '0' must be a whole number above 0",
                "classifier:predict?threshold=2 -> threshold '2' must be between 0 and 1",
                "classifier:predict?threshold=NaN -> threshold 'NaN' must be between 0 and 1",
                "classifier:predict?tpo=3 -> unknown parameter 'tpo': use alpha, mask, overlay, threshold, top",
                "classifier:predict?mask=png -> mask and overlay are for segmentation models, this is a classification",
                "classifier:predict?top=2&top=3 -> parameter 'top' is given 2 times; give it once",
                "segmenter:predict?alpha=0.5 -> alpha says how strong the colours of an overlay are; add overlay=png",
                "classifier:explain?class=0&class=1 -> parameter 'class' is given 2 times",
                "segmenter:predict?mask=jpeg -> mask 'jpeg' must be png"
            })
    void saysWhatIsWrongWithAQuery(String row) {
        String[] parts = row.split(" -> ");
        HttpResponse<String> reply = client.post("/v1/models/" + parts[0], Pictures.plain(Pictures.BLUE));
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(Client.error(reply)).contains(parts[1]);
    }

    private static JsonObject ask(String path, byte[] image) {
        HttpResponse<String> reply = client.post("/v1/models/" + path, image);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Client.json(reply);
    }

    private static List<String> names(JsonObject answer) {
        return answer.getAsJsonArray("classes").asList().stream()
                .map(row -> row.getAsJsonObject().get("name").getAsString())
                .toList();
    }

    private static BufferedImage png(String url) throws IOException {
        assertThat(url).startsWith("data:image/png;base64,");
        byte[] bytes = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }
}
