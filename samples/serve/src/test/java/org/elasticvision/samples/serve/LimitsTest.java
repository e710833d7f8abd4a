package org.elasticvision.samples.serve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.elasticvision.samples.serve.http.Limits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What happens when requests are too large, too many or too slow. */
class LimitsTest {
    private static final String ASK = "/v1/models/held:predict";
    private static final int MEGABYTE = 1 << 20;
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final HeldModel model = new HeldModel();

    @Test
    void refusesALargeBodyThatSaysSo() {
        try (PredictionServer server = start(new Limits(MEGABYTE, 1, PATIENT))) {
            HttpResponse<String> reply = new Client(server.port()).post(ASK, new byte[3 * MEGABYTE]);
            assertTooLarge(reply);
        }
    }

    @Test
    void refusesALargeBodyOfUnknownLength() {
        try (PredictionServer server = start(new Limits(MEGABYTE, 1, PATIENT))) {
            HttpResponse<String> reply = Client.send(new Client(server.port())
                    .request(ASK)
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[3 * MEGABYTE]))));
            assertTooLarge(reply);
        }
    }

    @Test
    void takesABodyOfExactlyTheLimit() {
        model.allow(1);
        try (PredictionServer server = start(new Limits(MEGABYTE, 1, PATIENT))) {
            assertThat(new Client(server.port()).post(ASK, new byte[MEGABYTE]).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesMoreRequestsThanItHasPlacesFor() {
        Limits limits = new Limits(MEGABYTE, 1, 8, 4, PATIENT);
        try (PredictionServer server = start(limits)) {
            Client client = new Client(server.port());
            List<CompletableFuture<HttpResponse<String>>> inside = new ArrayList<>();
            for (int i = 0; i < limits.places(); i++) {
                inside.add(client.postLater(ASK, new byte[1]));
            }
            model.awaitCall();
            client.awaitMetric("elastic_predictions_waiting " + (limits.places() - 1) + ".0");
            HttpResponse<String> reply = client.post(ASK, new byte[1]);
            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(Client.error(reply)).contains("the server is busy").contains("try again");
            assertThat(client.get("/readyz").statusCode()).isEqualTo(200);
            model.allow(limits.places());
            inside.forEach(one ->
                    assertThat(one.join().statusCode()).as(one.join().body()).isEqualTo(200));
            model.allow(1);
            assertThat(client.post(ASK, new byte[1]).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void thirtyClientsAtOnceAreAnsweredInTurn() {
        try (PredictionServer server = start(new Limits(MEGABYTE, 1, PATIENT))) {
            Client client = new Client(server.port());
            List<CompletableFuture<HttpResponse<String>>> inside = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                inside.add(client.postLater(ASK, new byte[1]));
            }
            client.awaitMetric("elastic_predictions_waiting 29.0");
            model.allow(30);
            assertThat(inside).allMatch(one -> one.join().statusCode() == 200);
        }
    }

    @Test
    void takesGzipWithinTheLimitOfWhatIsInIt() throws IOException {
        model.allow(2);
        try (PredictionServer server = start(new Limits(MEGABYTE, 1, PATIENT))) {
            Client client = new Client(server.port());
            assertThat(postCoded(client, "gzip", gzip(new byte[MEGABYTE])).statusCode())
                    .isEqualTo(200);
            assertThat(postCoded(client, "identity", new byte[10]).statusCode()).isEqualTo(200);
            assertTooLarge(postCoded(client, "GZIP", gzip(new byte[MEGABYTE + 1])));
            assertTooLarge(postCoded(client, "x-gzip", gzip(new byte[100 * MEGABYTE])));
        }
    }

    @Test
    void saysWhatIsWrongWithACompressedBody() throws IOException {
        try (PredictionServer server = start(new Limits(MEGABYTE, 1, PATIENT))) {
            Client client = new Client(server.port());
            HttpResponse<String> other = postCoded(client, "br", new byte[10]);
            assertThat(other.statusCode()).isEqualTo(415);
            assertThat(other.headers().firstValue("Accept-Encoding")).hasValue("gzip");
            assertThat(Client.error(other)).contains("compressed with br; send the image file as it is, or with gzip");
            HttpResponse<String> plain = postCoded(client, "gzip", "an image".getBytes(StandardCharsets.UTF_8));
            assertThat(plain.statusCode()).isEqualTo(400);
            assertThat(Client.error(plain)).contains("is not gzip, as its Content-Encoding says");
            byte[] whole = gzip(new byte[1000]);
            HttpResponse<String> cut = postCoded(client, "gzip", Arrays.copyOf(whole, whole.length - 9));
            assertThat(cut.statusCode()).isEqualTo(400);
            assertThat(Client.error(cut)).contains("ended early");
        }
    }

    private static HttpResponse<String> postCoded(Client client, String coding, byte[] body) {
        return Client.send(
                client.request(ASK).header("Content-Encoding", coding).POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void answersInTimeThatItIsTooSlow() {
        try (PredictionServer server = start(new Limits(MEGABYTE, 1, Duration.ofMillis(300)))) {
            Client client = new Client(server.port());
            HttpResponse<String> running = client.post(ASK, new byte[1]);
            assertThat(running.statusCode()).isEqualTo(504);
            assertThat(Client.error(running)).contains("no answer within 0.3 s").contains("--timeout");
            // The model still works on the first: its worker is not free.
            HttpResponse<String> waiting = client.post(ASK, new byte[1]);
            assertThat(waiting.statusCode()).isEqualTo(503);
            assertThat(Client.error(waiting)).contains("turn did not come within 0.3 s");
            model.allow(2);
            client.awaitMetric("elastic_predictions_running 0.0");
            assertThat(client.post(ASK, new byte[1]).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void givesUpOnAnUploadThatDoesNotCome() throws IOException {
        try (PredictionServer server = start(new Limits(MEGABYTE, 1, Duration.ofMillis(300)));
                Socket socket = new Socket("localhost", server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST " + ASK + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nstart")
                            .getBytes(StandardCharsets.US_ASCII));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reply).startsWith("HTTP/1.1 408 ").contains("the image did not arrive within 0.3 s");
        }
    }

    @Test
    void closesItsModels() {
        PredictionServer server = start(new Limits(MEGABYTE, 1, PATIENT));
        assertThat(model.isClosed()).isFalse();
        server.close();
        assertThat(model.isClosed()).isTrue();
    }

    @Test
    void namesTheLimitThatIsImpossible() {
        assertThatThrownBy(() -> new Limits(0, 1, PATIENT)).hasMessageContaining("body size 0");
        assertThatThrownBy(() -> new Limits(1, 0, PATIENT)).hasMessageContaining("concurrent requests 0");
        assertThatThrownBy(() -> new Limits(1, 1, Duration.ZERO)).hasMessageContaining("timeout 0 s");
    }

    private PredictionServer start(Limits limits) {
        return TestServers.start(List.of(model), limits);
    }

    private static void assertTooLarge(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(Client.error(reply))
                .isEqualTo("the image file is larger than 1 MB; send a smaller one, or start the"
                        + " server with a larger --max-body");
    }
}
