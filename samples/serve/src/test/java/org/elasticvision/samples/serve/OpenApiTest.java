package org.elasticvision.samples.serve;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.samples.serve.queue.ServedModels;
import org.elasticvision.samples.serve.route.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The OpenAPI document says what the server does. */
class OpenApiTest {
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    @TempDir
    static Path folder;

    private static PredictionServer server;
    private static Client client;
    private static JsonObject document;

    @BeforeAll
    static void start() {
        server = TestServers.start(TestServers.colors(folder), TestServers.ROOMY);
        client = new Client(server.port());
        document = Client.json(client.get("/openapi.json"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void hasEveryRouteAndNoOther() {
        Set<String> described = new TreeSet<>();
        document.getAsJsonObject("paths").entrySet().forEach(path -> path.getValue()
                .getAsJsonObject()
                .keySet()
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        try (ServedModels models = new ServedModels(List.of(), TestServers.ROOMY)) {
            List<Route> routes = TestServers.routes(models).all();
            assertThat(routes)
                    .extracting(route -> route.method() + " " + route.template())
                    .containsExactlyInAnyOrderElementsOf(described);
        }
    }

    @Test
    void saysWhichRoutesNeedNoToken() {
        try (ServedModels models = new ServedModels(List.of(), TestServers.ROOMY)) {
            for (Route route : TestServers.routes(models).all()) {
                JsonObject operation = document.getAsJsonObject("paths")
                        .getAsJsonObject(route.template())
                        .getAsJsonObject(route.method().toLowerCase(Locale.ROOT));
                assertThat(operation.has("security")).as(route.template()).isEqualTo(route.open());
            }
        }
    }

    @Test
    void describesEveryNameInAPath() {
        document.getAsJsonObject("paths")
                .entrySet()
                .forEach(path -> path.getValue().getAsJsonObject().entrySet().forEach(operation -> {
                    Set<String> names = new TreeSet<>();
                    Matcher matcher = Pattern.compile("\\{([a-z]+)}").matcher(path.getKey());
                    while (matcher.find()) {
                        names.add(matcher.group(1));
                    }
                    JsonElement parameters =
                            operation.getValue().getAsJsonObject().get("parameters");
                    String described = parameters == null ? "" : parameters.toString();
                    assertThat(names).allMatch(name -> described.contains("/" + name + "\""));
                }));
    }

    @Test
    void referencesLeadSomewhere() {
        Collection<String> references = new ArrayList<>();
        Matcher matcher = Pattern.compile("\"\\$ref\":\"#/([^\"]*)\"").matcher(document.toString());
        while (matcher.find()) {
            references.add(matcher.group(1));
        }
        assertThat(references).isNotEmpty().allMatch(reference -> {
            JsonElement at = document;
            for (String part : reference.split("/", -1)) {
                at = at == null ? null : at.getAsJsonObject().get(part);
            }
            return at != null;
        });
    }

    @Test
    void answersHaveTheMembersThatItRequires() {
        assertRequired("Models", Client.json(client.get("/v1/models")));
        assertRequired("Model", Client.json(client.get("/v1/models/segmenter")));
        assertRequired("ModelMetadata", Client.json(client.get("/v2/models/classifier")));
        assertRequired(
                "Prediction",
                Client.json(client.post("/v1/models/classifier:predict", Pictures.plain(Pictures.GREEN))));
        assertRequired("Error", Client.json(client.get("/v1/models/none")));
    }

    private static void assertRequired(String schema, JsonObject answer) {
        JsonObject described = document.getAsJsonObject("components")
                .getAsJsonObject("schemas")
                .getAsJsonObject(schema);
        described.getAsJsonArray("required").forEach(name -> assertThat(answer.keySet())
                .contains(name.getAsString()));
        assertThat(described.getAsJsonObject("properties").keySet()).containsAll(answer.keySet());
    }

    @Test
    void thePageShowsEveryOperationAndLoadsNothingFromElsewhere() {
        HttpResponse<String> page = client.get("/docs");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        document.getAsJsonObject("paths").keySet().forEach(path -> assertThat(page.body())
                .contains("</span>" + path + "</code>"));
        Matcher loaded = LOADED.matcher(page.body());
        while (loaded.find()) {
            String target = loaded.group(1);
            if (target.startsWith("#")) {
                assertThat(page.body()).contains("id=\"" + target.substring(1) + "\"");
            } else {
                assertThat(client.get("/" + target).statusCode()).as(target).isEqualTo(200);
            }
        }
        assertThat(page.body()).doesNotContain("http://", "https://", "<script");
    }
}
