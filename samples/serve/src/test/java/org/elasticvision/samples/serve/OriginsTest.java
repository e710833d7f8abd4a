package org.elasticvision.samples.serve;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Origins;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What browsers are told when the page of another server asks. */
class OriginsTest {
    private static final String ASK = "/v1/models/held:predict";
    private static final String APP = "https://app.example.org";
    private static final Limits LIMITS = new Limits(1 << 20, 1, Duration.ofSeconds(30));

    private final HeldModel model = new HeldModel();

    @Test
    void anOriginThatIsNamedMayAskAndOthersMayNot() {
        model.allow(2);
        try (PredictionServer server = start(Origins.of(List.of(APP, "http://localhost:3000")))) {
            assertThat(allowed(preflight(server, APP))).isEqualTo(APP);
            assertThat(allowed(preflight(server, "https://appXexample.org"))).isEmpty();
            assertThat(allowed(preflight(server, "https://app.example.org.evil.example")))
                    .isEmpty();
            HttpResponse<String> preflight = preflight(server, "http://localhost:3000");
            assertThat(preflight.statusCode()).isIn(200, 204);
            assertThat(header(preflight, "Access-Control-Allow-Methods")).contains("POST", "GET");
            assertThat(header(preflight, "Access-Control-Allow-Headers")).containsIgnoringCase("content-type");
            assertThat(header(preflight, "Access-Control-Allow-Credentials")).isEmpty();

            HttpResponse<String> answer = post(server, APP);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(allowed(answer)).isEqualTo(APP);
            assertThat(header(answer, "Vary")).containsIgnoringCase("origin");
            assertThat(allowed(post(server, "https://other.example"))).isEmpty();
        }
    }

    @Test
    void aStarIsForAll() {
        model.allow(1);
        try (PredictionServer server = start(Origins.of(List.of("*")))) {
            assertThat(allowed(preflight(server, "null"))).isIn("*", "null");
            HttpResponse<String> answer = post(server, APP);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(allowed(answer)).isIn("*", APP);
        }
    }

    @Test
    void withoutTheOptionNobodyElseMayAsk() {
        model.allow(1);
        try (PredictionServer server = start(Origins.NONE)) {
            assertThat(allowed(preflight(server, APP))).isEmpty();
            assertThat(allowed(post(server, APP))).isEmpty();
        }
    }

    @Test
    void errorsAreToldToo() {
        try (PredictionServer server = start(Origins.of(List.of(APP)))) {
            HttpResponse<String> missing = Client.send(
                    request(server, "/v1/models/none:predict", APP).POST(BodyPublishers.ofByteArray(new byte[1])));
            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(allowed(missing)).isEqualTo(APP);
        }
    }

    @Test
    void whatIsNoOriginIsRefused() {
        for (String wrong : List.of("example.org", "https://example.org/", "https://", "https://a b@c", "")) {
            assertThatThrownBy(() -> Origins.of(List.of(wrong))).hasMessageContaining("is not an origin");
        }
        assertThat(Origins.of(List.of("http://[::1]:8080", "http://127.0.0.1")).names())
                .hasSize(2);
    }

    private PredictionServer start(Origins origins) {
        return TestServers.start(List.of(model), LIMITS, origins);
    }

    private static HttpResponse<String> post(PredictionServer server, String origin) {
        return Client.send(request(server, ASK, origin).POST(BodyPublishers.ofByteArray(new byte[1])));
    }

    private static HttpResponse<String> preflight(PredictionServer server, String origin) {
        return Client.send(request(server, ASK, origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static HttpRequest.Builder request(PredictionServer server, String path, String origin) {
        return new Client(server.port()).request(path).header("Origin", origin);
    }

    private static String allowed(HttpResponse<String> response) {
        return header(response, "Access-Control-Allow-Origin");
    }

    private static String header(HttpResponse<String> response, String name) {
        return String.join(",", response.headers().allValues(name));
    }
}
