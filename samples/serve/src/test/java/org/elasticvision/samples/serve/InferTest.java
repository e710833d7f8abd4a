package org.elasticvision.samples.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.samples.serve.http.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The Open Inference Protocol, over real models. Their logits are ten times the share of each colour, less one. */
class InferTest {
    private static final Limits LIMITS = new Limits(1 << 20, 2, 64, 4, Duration.ofSeconds(20));
    private static final int PLANE = 16;
    private static final String JSON_LENGTH = "Inference-Header-Content-Length";

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
    void describesServerAndModels() {
        JsonObject about = Client.json(client.get("/v2"));
        assertThat(about.get("name").getAsString()).isEqualTo("elasticvision");
        assertThat(about.getAsJsonArray("extensions").toString()).contains("binary_tensor_data");
        assertThat(Client.json(client.get("/v2/health/live")).get("live").getAsBoolean())
                .isTrue();
        assertThat(Client.json(client.get("/v2/health/ready")).get("ready").getAsBoolean())
                .isTrue();
        assertThat(Client.json(client.get("/v2/models/classifier/versions/1/ready")))
                .isEqualTo(JsonParser.parseString("{\"name\":\"classifier\",\"ready\":true}"));
        JsonObject model = Client.json(client.get("/v2/models/classifier"));
        assertThat(model).isEqualTo(Client.json(client.get("/v2/models/classifier/versions/1")));
        assertThat(model.get("inputs").toString())
                .isEqualTo("[{\"name\":\"image\",\"datatype\":\"FP32\",\"shape\":[-1,3,4,4]},"
                        + "{\"name\":\"file\",\"datatype\":\"BYTES\",\"shape\":[-1]}]");
        assertThat(model.get("outputs").toString())
                .contains("{\"name\":\"logits\",\"datatype\":\"FP32\",\"shape\":[-1,3]}")
                .contains("probabilities")
                .contains("answer");
        assertThat(Client.json(client.get("/v2/models/segmenter"))
                        .get("outputs")
                        .toString())
                .contains("[-1,3,6,8]")
                .doesNotContain("probabilities");
    }

    @Test
    void answersATensorFlatOrNested() {
        String flat = green() + "," + green().replace('1', '2');
        JsonObject first = infer("classifier", tensor("2,3,4,4", "[" + flat + "]"));
        assertThat(first.get("model_name").getAsString()).isEqualTo("classifier");
        assertThat(first.get("model_version").getAsString()).isEqualTo("1");
        assertThat(first.get("id").getAsString()).isEqualTo("mine");
        assertThat(output(first, "logits").get("shape").toString()).isEqualTo("[2,3]");
        assertThat(output(first, "logits").get("data").toString()).isEqualTo("[-1.0,9.0,-1.0,-1.0,19.0,-1.0]");
        assertThat(output(first, "probabilities").getAsJsonArray("data").get(1).getAsDouble())
                .isGreaterThan(0.999);
        String nested = "[" + nested(0, 1, 0) + "," + nested(0, 2, 0) + "]";
        assertThat(infer("classifier", tensor("2,3,4,4", nested))).isEqualTo(first);
    }

    @Test
    void answersFilesInTheirOrder() {
        String files = "[\"" + base64(Pictures.plain(Pictures.BLUE)) + "\",\"" + base64(Pictures.plain(Pictures.GREEN))
                + "\",\"" + base64(Pictures.plain(Pictures.BLUE)) + "\"]";
        JsonObject answer = infer(
                "classifier",
                "{\"inputs\":[{\"name\":\"file\",\"shape\":[3],\"datatype\":\"BYTES\",\"data\":" + files
                        + "}],\"parameters\":{\"top\":1}}");
        assertThat(answer.has("id")).isFalse();
        JsonArray answers = output(answer, "answer").getAsJsonArray("data");
        assertThat(answers)
                .extracting(one -> JsonParser.parseString(one.getAsString())
                        .getAsJsonObject()
                        .getAsJsonArray("classes"))
                .allMatch(classes -> classes.size() == 1)
                .extracting(
                        classes -> classes.get(0).getAsJsonObject().get("name").getAsString())
                .containsExactly("blue", "green", "blue");
        assertThat(output(answer, "logits").get("data").toString())
                .isEqualTo("[-1.0,-1.0,9.0,-1.0,9.0,-1.0,-1.0,-1.0,9.0]");
    }

    @Test
    void takesAndSendsBinaryData() throws Exception {
        float[] values = new float[3 * PLANE];
        Arrays.fill(values, 2 * PLANE, 3 * PLANE, 1);
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        HttpResponse<byte[]> reply = binary(
                "classifier",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1,3,4,4],\"datatype\":\"FP32\","
                        + "\"parameters\":{\"binary_data_size\":192}}],\"outputs\":[{\"name\":\"probabilities\"},"
                        + "{\"name\":\"logits\",\"parameters\":{\"binary_data\":true}}]}",
                data.array());
        assertThat(reply.statusCode()).isEqualTo(200);
        int length = Integer.parseInt(reply.headers().firstValue(JSON_LENGTH).orElseThrow());
        JsonObject json = JsonParser.parseString(new String(reply.body(), 0, length, StandardCharsets.UTF_8))
                .getAsJsonObject();
        assertThat(output(json, "probabilities").getAsJsonArray("data")).hasSize(3);
        assertThat(output(json, "logits").has("data")).isFalse();
        assertThat(output(json, "logits").getAsJsonObject("parameters").toString())
                .isEqualTo("{\"binary_data_size\":12}");
        ByteBuffer logits = ByteBuffer.wrap(reply.body(), length, 12).slice().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new float[] {logits.getFloat(), logits.getFloat(), logits.getFloat()})
                .containsExactly(-1, -1, 9);
        assertThat(reply.body()).hasSize(length + 12);
    }

    @Test
    void takesFilesAsBinaryData() throws Exception {
        byte[] picture = Pictures.halves(Pictures.BLUE, Pictures.GREEN);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int i = 0; i < 2; i++) {
            data.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(picture.length)
                    .array());
            data.writeBytes(picture);
        }
        HttpResponse<byte[]> reply = binary(
                "segmenter",
                "{\"parameters\":{\"binary_data_output\":true,\"mask\":\"png\"},\"inputs\":[{\"name\":\"file\","
                        + "\"datatype\":\"BYTES\",\"shape\":[2,1],\"parameters\":{\"binary_data_size\":" + data.size()
                        + "}}]}",
                data.toByteArray());
        int length = Integer.parseInt(reply.headers().firstValue(JSON_LENGTH).orElseThrow());
        ByteBuffer binary = ByteBuffer.wrap(reply.body(), length, reply.body().length - length)
                .slice();
        byte[] first = new byte[binary.order(ByteOrder.LITTLE_ENDIAN).getInt()];
        binary.get(first);
        assertThat(new String(first, StandardCharsets.UTF_8)).contains("\"mask\":\"data:image/png", "\"share\":0.5");
        assertThat(binary.getInt()).isEqualTo(first.length);
    }

    @Test
    void segmentsATensor() {
        String image = Collections.nCopies(3 * 48, "1").stream().collect(Collectors.joining(",", "[", "]"));
        JsonObject answer = infer("segmenter", tensor("1,3,6,8", image));
        assertThat(output(answer, "logits").get("shape").toString()).isEqualTo("[1,3,6,8]");
        assertThat(output(answer, "logits").getAsJsonArray("data")).hasSize(3 * 48);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json | the JSON cannot be read at $",
                "{} | the request has 0 inputs; send one, image (FP32 [N, 3, H, W]) or file",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1,3,4],\"datatype\":\"FP32\",\"data\":[]}]}"
                        + " | input 'image' of shape [1, 3, 4] has 0 elements as data",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1,1],\"datatype\":\"FP32\",\"data\":[1]}]}"
                        + " | input 'image' is FP32 [1, 1]; this model takes FP32 [N, 3, 4, 4]",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[0,3,4,4],\"datatype\":\"FP32\",\"data\":[]}]}"
                        + " | the request has 0 images; send 1 to 4",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[-1,-1],\"datatype\":\"FP32\",\"data\":[1]}]}"
                        + " | dimensions are 0 or more",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}]}"
                        + " | has datatype INT8; send FP32 or BYTES",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1e99]}]}"
                        + " | the JSON cannot be read at $.inputs[0].data[",
                "{\"inputs\":[{\"name\":\"photo\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}"
                        + " | there is no input 'photo'; send image",
                "{\"inputs\":[{\"name\":\"file\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"*\"]}]}"
                        + " | element 0 of input 'file' is not base64",
                "{\"inputs\":[{\"name\":\"file\",\"shape\":[5],\"datatype\":\"BYTES\",\"data\":[\"\",\"\",\"\",\"\",\"\"]}]}"
                        + " | the request has 5 images; send 1 to 4, or start the server with a larger --max-images",
                "{\"inputs\":[{\"name\":\"file\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"\"]}],"
                        + "\"parameters\":{\"tpo\":3}} | unknown parameter 'tpo': use alpha",
                "{\"inputs\":[{\"name\":\"file\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"\"]}],"
                        + "\"outputs\":[{\"name\":\"boxes\"}]} | there is no output 'boxes' for the input 'file'",
                "{\"inputs\":[{\"name\":\"file\",\"shape\":[1],\"datatype\":\"BYTES\",\"parameters\":"
                        + "{\"binary_data_size\":9}}]} | binary_data_size is 9, and 0 bytes are left after the JSON",
            })
    void saysWhatIsWrongWithARequest(String body, String message) {
        HttpResponse<String> reply = client.post("/v2/models/classifier/infer", body.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
        assertThat(Client.error(reply)).contains(message);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void takesNumbersAlone(float value) throws Exception {
        ByteBuffer data = ByteBuffer.allocate(4 * 3 * PLANE).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(8, value);
        String json = "{\"inputs\":[{\"name\":\"image\",\"shape\":[1,3,4,4],\"datatype\":\"FP32\",\"parameters\":"
                + "{\"binary_data_size\":192}}],\"outputs\":[{\"name\":\"logits\",\"parameters\":{\"binary_data\":true}}]}";
        HttpResponse<byte[]> reply = binary("classifier", json, data.array());
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(text(reply)).contains("input 'image' has NaN or infinity as data; send numbers");
    }

    @Test
    void saysWhatIsWrongWithBinaryData() throws Exception {
        String json = "{\"inputs\":[{\"name\":\"file\",\"shape\":[1],\"datatype\":\"BYTES\",\"parameters\":"
                + "{\"binary_data_size\":6}}]}";
        assertThat(text(binary("classifier", json, new byte[] {9, 0, 0, 0, 1, 2})))
                .contains("the binary data ends within element 0");
        assertThat(text(binary("classifier", json, new byte[] {2, 0, 0, 0, 1, 2, 3})))
                .contains("1 bytes follow the data of all inputs");
        HttpResponse<String> tooLong = Client.send(client.request("/v2/models/classifier/infer")
                .header(JSON_LENGTH, "100")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(Client.error(tooLong)).contains(JSON_LENGTH + " '100' must be the number of bytes of the JSON");
    }

    @Test
    void namesTheImageThatCannotBeDecoded() {
        String files = "[\"" + base64(Pictures.plain(Pictures.BLUE)) + "\",\"" + base64(new byte[] {1, 2, 3}) + "\"]";
        HttpResponse<String> reply = client.post(
                "/v2/models/classifier/infer",
                ("{\"inputs\":[{\"name\":\"file\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":" + files + "}]}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(reply.statusCode()).isEqualTo(422);
        assertThat(Client.error(reply)).startsWith("image 1");
    }

    @Test
    void saysWhatIsNotThere() {
        HttpResponse<String> version = client.get("/v2/models/classifier/versions/7");
        assertThat(version.statusCode()).isEqualTo(404);
        assertThat(Client.error(version)).isEqualTo("model 'classifier' has no version '7' here; there is 1");
        assertThat(Client.error(client.get("/v2/models/cats/ready"))).contains("no model 'cats' is served here");
        assertThat(Client.error(client.get("/v2/models/classifier/stats")))
                .contains("POST to /v2/models/classifier/infer");
        assertThat(client.get("/v2/models/classifier/infer").statusCode()).isEqualTo(405);
    }

    private static HttpResponse<byte[]> binary(String model, String json, byte[] data) throws Exception {
        byte[] head = json.getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + data.length);
        System.arraycopy(data, 0, body, head.length, data.length);
        return java.net.http.HttpClient.newHttpClient()
                .send(
                        client.request("/v2/models/" + model + "/infer")
                                .header(JSON_LENGTH, Integer.toString(head.length))
                                .POST(BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private static JsonObject infer(String model, String body) {
        HttpResponse<String> reply =
                client.post("/v2/models/" + model + "/infer", body.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return Client.json(reply);
    }

    private static String tensor(String shape, String data) {
        return "{\"id\":\"mine\",\"inputs\":[{\"data\":" + data + ",\"name\":\"image\",\"shape\":[" + shape
                + "],\"datatype\":\"FP32\"}]}";
    }

    private static String green() {
        return IntStream.range(0, 3 * PLANE)
                .mapToObj(i -> i / PLANE == 1 ? "1" : "0")
                .collect(Collectors.joining(","));
    }

    private static String nested(int... values) {
        return Arrays.stream(values)
                .mapToObj(value -> {
                    List<String> row = Collections.nCopies(4, Integer.toString(value));
                    return Collections.nCopies(4, row).toString();
                })
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static JsonObject output(JsonObject answer, String name) {
        return answer.getAsJsonArray("outputs").asList().stream()
                .map(one -> one.getAsJsonObject())
                .filter(one -> one.get("name").getAsString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
