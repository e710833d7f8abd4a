package org.elasticvision.samples.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Origins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that are slow, go away, come in crowds or send what nobody should. */
class RoughClientsTest {
    private static final String ASK = "/v1/models/held:predict";
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final HeldModel model = new HeldModel();

    @Test
    void uploadsThatAreOnTheirWayKeepNobodyWaiting() throws IOException {
        Limits limits = new Limits(1 << 20, 1, 1, 1, PATIENT);
        List<Wire> slow = new ArrayList<>();
        try (PredictionServer server = start(limits)) {
            for (int i = 0; i < 100; i++) { // more than there are threads
                slow.add(new Wire(server.port()).post(ASK, 1000, "x"));
            }
            model.allow(1);
            assertThat(new Client(server.port()).post(ASK, new byte[1]).statusCode())
                    .isEqualTo(200);
            for (Wire one : slow) {
                one.close();
            }
        }
    }

    @Test
    void aBodyThatComesByteByByteIsRefusedInTime() throws Exception {
        try (PredictionServer server = start(new Limits(1 << 20, 1, Duration.ofMillis(600)));
                Wire wire = new Wire(server.port()).post(ASK, 1000, "")) {
            Thread drip = new Thread(() -> drip(wire));
            drip.start();
            assertThat(wire.reply()).startsWith("http/1.1 408 ").contains("the image did not arrive within 0.6 s");
            drip.interrupt();
            drip.join();
        }
    }

    @Test
    void aHeadThatComesByteByByteIsCutOff() throws Exception {
        ServerSettings settings = settings(new Limits(1 << 20, 1, PATIENT), Duration.ofMillis(500));
        try (PredictionServer server = PredictionServer.start(List.of(model), settings);
                Wire idle = new Wire(server.port());
                Wire wire = new Wire(server.port()).send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ")) {
            Thread drip = new Thread(() -> drip(wire));
            drip.start();
            assertThat(wire.reply()).isEmpty();
            drip.interrupt();
            drip.join();
            assertThat(idle.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .reply())
                    .startsWith("http/1.1 200 ");
        }
    }

    private static void drip(Wire wire) {
        try {
            while (true) {
                wire.send("x");
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException e) {
            // cut off, or no more is wanted
        }
    }

    @Test
    void answersThatAreNotTakenAreCutOff() throws Exception {
        int requests = 2000;
        try (PredictionServer server = start(new Limits(1 << 20, 1, Duration.ofMillis(300)));
                Wire wire = new Wire(server.port())) {
            int length = new Client(server.port()).get("/openapi.json").body().length();
            wire.send("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(requests));
            new Client(server.port()).awaitMetric("elastic_connections 1.0"); // of those who ask for this
            assertThat(wire.rest()).isLessThan((long) requests * length / 2);
        }
    }

    @Test
    void thoseWhoHaveGoneAreNotWorkedOn() throws IOException {
        try (PredictionServer server = start(new Limits(1 << 20, 1, PATIENT))) {
            Client client = new Client(server.port());
            CompletableFuture<HttpResponse<String>> stays = client.postLater(ASK, new byte[1]);
            model.awaitCall();
            List<Wire> others = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                others.add(new Wire(server.port()).post(ASK, 1, "x"));
            }
            client.awaitMetric("elastic_predictions_waiting 5.0");
            for (Wire one : others) {
                one.close();
            }
            client.awaitMetric("elastic_images_given_up_total{model=\"held\"} 5.0");
            client.awaitMetric("elastic_requests_total{route=\"" + ASK + "\",status=\"499\"} 5.0");
            model.allow(1);
            assertThat(stays.join().statusCode()).isEqualTo(200);
            client.awaitMetric("elastic_batched_images_total{model=\"held\"} 1.0");
        }
    }

    /** Whether a client is there is found out by reading, which must lose nothing of its next request. */
    @Test
    void aSecondRequestThatComesMeanwhileIsAnsweredToo() throws IOException {
        try (PredictionServer server = start(new Limits(1 << 20, 1, PATIENT));
                Wire wire = new Wire(server.port())) {
            Client client = new Client(server.port());
            CompletableFuture<HttpResponse<String>> first = client.postLater(ASK, new byte[1]);
            model.awaitCall();
            wire.post(ASK, 1, "x");
            client.awaitMetric("elastic_predictions_waiting 1.0");
            wire.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(5000) + "\r\n\r\n");
            model.allow(2);
            assertThat(first.join().statusCode()).isEqualTo(200);
            assertThat(wire.reply()).startsWith("http/1.1 200 ").contains("\"timing\"");
            assertThat(wire.reply()).startsWith("http/1.1 200 ").contains("alive");
        }
    }

    @Test
    void beyondTheLimitPredictionsAreRefusedUntilSilentConnectionsAreClosed() throws IOException {
        Limits limits = new Limits(1 << 20, 1, 1, 1, PATIENT, Optional.empty(), 3);
        List<Wire> silent = new ArrayList<>();
        try (PredictionServer server = start(limits);
                Wire one = new Wire(server.port())) {
            for (int i = 0; i < 5; i++) {
                silent.add(new Wire(server.port()));
            }
            assertThat(one.post(ASK, 1, "x").reply())
                    .startsWith("http/1.1 503 ")
                    .contains("\r\nconnection: close")
                    .contains("more than 3 connections are open");
            assertThat(silent.get(0)
                            .send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .reply())
                    .startsWith("http/1.1 200 ");
            model.allow(1);
            awaitAnswer(new Client(server.port()));
            for (Wire each : silent) {
                each.close();
            }
        }
    }

    /** Some of those that say nothing must be closed for it. */
    private static void awaitAnswer(Client client) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (client.post(ASK, new byte[1]).statusCode() != 200) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    @Test
    void aModelThatFailsIsToldInOneLineAndCounted() {
        model.allow(10);
        try (PredictionServer server = start(new Limits(1 << 20, 1, PATIENT))) {
            Client client = new Client(server.port());
            model.failWith(new IllegalStateException("no such kernel"));
            HttpResponse<String> failed = client.post(ASK, new byte[1]);
            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(Client.error(failed)).contains("no such kernel").hasLineCount(1);
            client.awaitMetric("elastic_requests_total{route=\"" + ASK + "\",status=\"500\"} 1.0");
            model.failWith(null);
            assertThat(client.post(ASK, new byte[1]).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /srv/secret/models/net.onnx is damaged; see https://example.org/a/b   | net.onnx is damaged; see https://example.org/a/b
            of 'C:\\Users\\me\\net.onnx' the kernel failed (at /a/b.so:12)               | of 'net.onnx' the kernel failed (at b.so:12)
            the sizes 1/2/3 and models/net.onnx stay                                    | the sizes 1/2/3 and models/net.onnx stay
            """)
    void aFailureDoesNotSayWhereFilesLie(String message, String told) {
        model.allow(10);
        try (PredictionServer server = start(new Limits(1 << 20, 1, PATIENT))) {
            Client client = new Client(server.port());
            model.failWith(new ModelException(message));
            HttpResponse<String> failed = client.post(ASK, new byte[1]);
            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(Client.error(failed)).doesNotContain("/srv", "Users").endsWith(told);
            model.failWith(new IllegalStateException(message));
            assertThat(Client.error(client.post(ASK, new byte[1])))
                    .doesNotContain("/srv", "Users")
                    .contains("internal error");
        }
    }

    @Test
    void oddRequestsGetFourHundreds() throws IOException {
        List<String> odd = List.of(
                "GET /..%2f..%2fetc%2fpasswd",
                "GET /../../etc/passwd",
                "GET /%2e%2e/%2e%2e/etc/passwd",
                "GET //etc/passwd",
                "GET /page/index.html",
                "GET /v1/models/%00",
                "GET /v1/models/a%2fb",
                "GET /%ff",
                "GET /%zz",
                "GET /v1/models;a=b/..;/..;/etc/passwd",
                "GET *",
                "GET passwd",
                "BREW /v1/models",
                "TRACE /v1/models",
                "CONNECT /v1/models",
                "OPTIONS *",
                "PRI /v1/models",
                "get /v1/models");
        try (PredictionServer server = start(new Limits(1 << 20, 1, PATIENT))) {
            for (String line : odd) {
                try (Wire wire = new Wire(server.port())) {
                    assertThat(wire.send(line + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                    .reply())
                            .as(line)
                            .startsWith("http/1.1 4")
                            .contains("{\"error\":\"");
                }
            }
        }
    }

    @Test
    void headsThatAreTooLongAreRefused() throws IOException {
        try (PredictionServer server = start(new Limits(1 << 20, 1, PATIENT));
                Wire wire = new Wire(server.port());
                Wire other = new Wire(server.port())) {
            assertThat(wire.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9000) + "\r\n\r\n")
                            .reply())
                    .startsWith("http/1.1 431 ");
            assertThat(other.send("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .reply())
                    .startsWith("http/1.1 414 ");
        }
    }

    private PredictionServer start(Limits limits) {
        return TestServers.start(List.of(model), limits);
    }

    private static ServerSettings settings(Limits limits, Duration headerTime) {
        return new ServerSettings(
                new InetSocketAddress("localhost", 0),
                limits,
                Origins.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                headerTime);
    }
}
