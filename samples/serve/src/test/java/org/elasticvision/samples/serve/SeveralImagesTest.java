package org.elasticvision.samples.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticvision.samples.serve.http.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Several images in a request, as a form and as JSON. */
class SeveralImagesTest {
    private static final int BODY = 100_000;
    private static final Limits LIMITS = new Limits(BODY, 1, 64, 4, Duration.ofSeconds(20));
    private static final byte[] GREEN = Pictures.plain(Pictures.GREEN);
    private static final byte[] BLUE = Pictures.plain(Pictures.BLUE);
    private static final byte[] BROKEN = Arrays.copyOf(BLUE, BLUE.length / 2);

    @TempDir
    static Path folder;

    private static PredictionServer server;
    private static Client client;

    @BeforeAll
    static void start() {
        server = TestServers.start(TestServers.colors(folder), LIMITS);
        client = new Client(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersAFormInItsOrderWithAnErrorForEachBadImage() {
        JsonObject answer = answered(form(GREEN, BROKEN, BLUE, GREEN));
        assertThat(answer.get("model").getAsString()).isEqualTo("classifier");
        JsonArray predictions = answer.getAsJsonArray("predictions");
        assertThat(best(predictions, 0)).isEqualTo("green");
        JsonObject bad = predictions.get(1).getAsJsonObject();
        assertThat(bad.get("error").getAsString()).startsWith("image 1").contains("cut off");
        assertThat(bad.get("status").getAsInt()).isEqualTo(422);
        assertThat(best(predictions, 2)).isEqualTo("blue");
        assertThat(best(predictions, 3)).isEqualTo("green");
        assertThat(predictions
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("timing")
                        .keySet())
                .contains("inference", "total");
        assertThat(answer.getAsJsonObject("timing").keySet()).containsExactly("upload", "total");
    }

    @Test
    void answersJsonInItsOrderWithAnErrorForEachBadImage() {
        String instances = Stream.of(
                        "{\"b64\":\"" + base64(BLUE) + "\"}",
                        "{\"image_bytes\":{\"b64\":\"" + base64(GREEN) + "\"}}",
                        "{\"b64\":\"(not base64)\"}",
                        "{\"image\":{\"b64\":\"" + base64(BROKEN) + "\"}}")
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
        JsonArray predictions = answered(json(instances)).getAsJsonArray("predictions");
        assertThat(best(predictions, 0)).isEqualTo("blue");
        assertThat(best(predictions, 1)).isEqualTo("green");
        assertThat(predictions.get(2).getAsJsonObject().get("error").getAsString())
                .isEqualTo("image 2 is not base64; send the image file's bytes in it");
        assertThat(predictions.get(3).getAsJsonObject().get("error").getAsString())
                .startsWith("image 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | the JSON cannot be read at $",
                "{} | the JSON has no images; send {\"instances\"",
                "{\"instances\":[]} | the JSON has no images",
                "{\"parameters\":{\"top\":1}} | the JSON has 'parameters', which this protocol has in the query",
                "{\"instances\":[1]} | the JSON cannot be read at $.instances[0]",
                "{\"instances\":[{\"png\":\"\"}]} | the JSON cannot be read at $.instances[0].png",
                "{\"instances\":[{}]} | the JSON cannot be read at $.instances[0]",
                "{\"instances\":[{\"b64\":\"\",\"b64\":\"\"}]} | the JSON cannot be read at $.instances[0]",
                "{\"instances\":[{\"b64\":\"\"}]}{} | the JSON cannot be read at $",
                "{\"instances\":[{\"b64\":\"\"},{\"b64\":\"\"},{\"b64\":\"\"},{\"b64\":\"\"},{\"b64\":\"\"}]} |"
                        + " the request has more than 4 images; send fewer, or start the server with a larger --max-images",
            })
    void saysWhatIsWrongWithJson(String body, String message) {
        HttpResponse<String> reply = json(body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
        assertThat(Client.error(reply)).contains(message);
    }

    @Test
    void saysWhatIsWrongWithAForm() {
        assertRefused(form(GREEN, GREEN, GREEN, GREEN, GREEN), 400, "the form has more than 4 files; send fewer");
        assertRefused(
                post("multipart/form-data; boundary=x", "--x--\r\n".getBytes(StandardCharsets.US_ASCII)), 400, "form");
        assertRefused(
                post("multipart/form-data; boundary=x", "--x\r\nend".getBytes(StandardCharsets.US_ASCII)),
                400,
                "the form is cut off: the boundary at its end is missing");
        assertRefused(
                post(
                        "multipart/form-data; boundary=x",
                        "--y\r\n\r\nend\r\n--y--\r\n".getBytes(StandardCharsets.US_ASCII)),
                400,
                "the form does not have the boundary that its Content-Type names");
        assertRefused(
                post("multipart/form-data; boundary=x", "--x\r\nend\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII)),
                400,
                "the form cannot be read");
        assertRefused(post("multipart/form-data; boundary=" + "a".repeat(71), new byte[10]), 400, "longer than 70");
        assertRefused(post("multipart/form-data", new byte[10]), 400, "the form has no boundary");
    }

    @Test
    void theLimitIsOnTheSum() {
        assertRefused(form(new byte[BODY / 2], new byte[BODY / 2]), 413, "larger than");
    }

    private static void assertRefused(HttpResponse<String> reply, int status, String message) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(Client.error(reply)).contains(message);
    }

    private static JsonObject answered(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Client.json(reply);
    }

    private static String best(JsonArray predictions, int index) {
        JsonArray classes = predictions.get(index).getAsJsonObject().getAsJsonArray("classes");
        return classes.get(0).getAsJsonObject().get("name").getAsString();
    }

    private static HttpResponse<String> json(String body) {
        return post("application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> form(byte[]... files) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] file : files) {
            String head = String.join(
                    "\r\n",
                    "--frontier",
                    "Content-Disposition: form-data; name=\"image\"; filename=\"a.png\"",
                    "Content-Type: image/png",
                    "",
                    "");
            body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(file);
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.writeBytes("--frontier--\r\n".getBytes(StandardCharsets.US_ASCII));
        return post("multipart/form-data; boundary=frontier", body.toByteArray());
    }

    private static HttpResponse<String> post(String type, byte[] body) {
        return Client.send(client.request("/v1/models/classifier:predict?top=1")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
