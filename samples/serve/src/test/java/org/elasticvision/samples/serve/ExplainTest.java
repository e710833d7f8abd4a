package org.elasticvision.samples.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.explain.ElasticNetworks;
import org.elasticvision.runtime.explain.Explainer;
import org.elasticvision.runtime.explain.ScalePolicy;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.samples.serve.model.OpenModel;
import org.elasticvision.samples.serve.model.ServedModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What answers come from, over HTTP. */
class ExplainTest {
    private static final byte[] PICTURE = Pictures.halves(Pictures.BLUE, Pictures.GREEN);

    @TempDir
    static Path folder;

    private static Path elastic;
    private static PredictionServer server;
    private static Client client;

    @BeforeAll
    static void start() {
        elastic = ElasticNetworks.classifier(folder.resolve("elastic.onnx"), Task.CLASSIFICATION, 1);
        List<ServedModel> models = new ArrayList<>(TestServers.colors(folder));
        models.add(OpenModel.open("elastic", elastic, ModelOptions.defaults().withThreads(1)));
        server = TestServers.start(models, TestServers.ROOMY);
        client = new Client(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void showsThePolicyAndTheMapThatTheRuntimeSees() {
        JsonObject answer = explained("elastic:explain");
        assertThat(answer.get("model").getAsString()).isEqualTo("elastic");
        try (Explainer explainer = Explainer.open(elastic)) {
            ScalePolicy policy = explainer
                    .explain(ImageSource.of(PICTURE, "the picture"))
                    .policy()
                    .orElseThrow();
            JsonArray blocks = answer.getAsJsonArray("scale_policy");
            assertThat(blocks).hasSameSizeAs(policy.blocks());
            for (int i = 0; i < blocks.size(); i++) {
                JsonObject block = blocks.get(i).getAsJsonObject();
                assertThat(block.get("block").getAsString())
                        .isEqualTo(policy.blocks().get(i).name());
                assertThat(block.get("score").getAsDouble())
                        .isCloseTo(policy.blocks().get(i).score(), within(1e-6));
            }
        }
        JsonObject map = answer.getAsJsonArray("activation_maps").get(0).getAsJsonObject();
        assertThat(map.get("index"))
                .isEqualTo(answer.getAsJsonArray("classes")
                        .get(0)
                        .getAsJsonObject()
                        .get("index"));
        assertThat(map.get("picture").getAsString()).startsWith("data:image/png;base64,");
        assertThat(answer.getAsJsonArray("notes")).isEmpty();
        assertThat(answer.getAsJsonObject("timing").keySet())
                .containsExactly("upload", "queue", "inference", "encode", "total");
    }

    @Test
    void showsTheMapOfTheClassThatIsAskedFor() {
        for (int index = 0; index < 3; index++) {
            JsonArray maps = explained("elastic:explain?class=" + index).getAsJsonArray("activation_maps");
            assertThat(maps).hasSize(1);
            assertThat(maps.get(0).getAsJsonObject().get("index").getAsInt()).isEqualTo(index);
        }
    }

    @Test
    void showsHowUncertainASegmentationIs() {
        JsonObject answer = explained("segmenter:explain");
        assertThat(answer.has("activation_maps")).isFalse();
        JsonObject uncertainty = answer.getAsJsonObject("uncertainty");
        assertThat(uncertainty.get("mean").getAsDouble()).isBetween(0.0, 1.0);
        assertThat(uncertainty.get("picture").getAsString()).startsWith("data:image/png;base64,");
    }

    /** The path of the file is nobody's business. */
    @Test
    void saysWhatANetworkDoesNotHave() {
        JsonObject answer = explained("classifier:explain");
        assertThat(answer.has("scale_policy")).isFalse();
        assertThat(answer.getAsJsonArray("notes").toString())
                .contains("no scale policies: classifier (")
                .doesNotContain(folder.toString());
    }

    @Test
    void theListSaysWhichModelsCanBeExplained() {
        JsonArray models = Client.json(client.get("/v1/models")).getAsJsonArray("models");
        assertThat(models)
                .hasSize(4)
                .allMatch(model -> model.getAsJsonObject().get("explain").getAsBoolean());
        try (PredictionServer held = TestServers.start(List.of(new HeldModel()), TestServers.ROOMY)) {
            HttpResponse<String> refused = new Client(held.port()).post("/v1/models/held:explain", PICTURE);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(Client.error(refused)).contains("whose graph cannot be read");
        }
    }

    @Test
    void refusesWhatItCannotExplain() {
        assertThat(refusal("elastic:explain?class=3", PICTURE, 400)).contains("index of one of the 3 classes");
        assertThat(refusal("elastic:explain?class=red", PICTURE, 400)).contains("class 'red'");
        assertThat(refusal("elastic:explain?top=3", PICTURE, 400)).contains("unknown parameter 'top': use class");
        assertThat(refusal("segmenter:explain?class=1", PICTURE, 400)).contains("leave it out");
        assertThat(refusal("elastic:explain", new byte[] {1, 2, 3}, 422)).contains("the image");
        assertThat(refusal("nothing:explain", PICTURE, 404)).contains("no model 'nothing'");
    }

    @Test
    void doesNotExplainWithAFileThatHasBeenReplaced() throws IOException {
        Path file = Files.copy(elastic, folder.resolve("replaced.onnx"));
        ServedModel model =
                OpenModel.open("replaced", file, ModelOptions.defaults().withThreads(1));
        try (PredictionServer other = TestServers.start(List.of(model), TestServers.ROOMY)) {
            Path next = Files.copy(folder.resolve("classifier.onnx"), folder.resolve(".next"));
            Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            HttpResponse<String> refused = new Client(other.port()).post("/v1/models/replaced:explain", PICTURE);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(Client.error(refused)).contains("another one than is served");
            assertThat(new Client(other.port())
                            .post("/v1/models/replaced:predict", PICTURE)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static JsonObject explained(String what) {
        HttpResponse<String> response = client.post("/v1/models/" + what, PICTURE);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Client.json(response);
    }

    private static String refusal(String what, byte[] body, int status) {
        HttpResponse<String> response = client.post("/v1/models/" + what, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return Client.error(response);
    }
}
