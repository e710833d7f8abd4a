package org.elasticvision.samples.serve;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks a server of a test. */
record Client(int port) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, byte[] body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    CompletableFuture<HttpResponse<String>> postLater(String path, byte[] body) {
        return HTTP.sendAsync(
                request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    /** Waits until {@code /metrics} has this line. */
    void awaitMetric(String line) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (get("/metrics").body().lines().noneMatch(line::equals)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "no '" + line + "' in time, but\n" + get("/metrics").body());
            }
            Thread.onSpinWait();
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    /** The message of a reply that is not an answer. */
    static String error(HttpResponse<String> response) {
        return json(response).get("error").getAsString();
    }
}
