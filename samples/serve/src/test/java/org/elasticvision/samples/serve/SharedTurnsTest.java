package org.elasticvision.samples.serve;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.model.ServedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Models beside each other, and models that take several images at a time. */
class SharedTurnsTest {
    private static final Limits ONE_AT_A_TIME = new Limits(1 << 20, 1, Duration.ofSeconds(20));

    @TempDir
    Path folder;

    @Test
    void modelsTakeTurns() {
        HeldModel held = new HeldModel();
        List<ServedModel> models =
                List.of(held, TestServers.open(TestModels.classifier(folder, 1), ModelOptions.defaults()));
        try (PredictionServer server = TestServers.start(models, ONE_AT_A_TIME)) {
            Client client = new Client(server.port());
            CompletableFuture<HttpResponse<String>> first = client.postLater("/v1/models/held:predict", new byte[1]);
            held.awaitCall();
            CompletableFuture<HttpResponse<String>> second = green(client);
            client.awaitMetric("elastic_predictions_waiting 1.0");
            client.awaitMetric("elastic_predictions_running 1.0");
            assertThat(second).isNotDone();
            held.allow(1);
            assertThat(first.join().statusCode()).isEqualTo(200);
            assertThat(second.join().body()).contains("\"name\":\"green\"");
        }
    }

    @Test
    void imagesThatWaitGoThroughTheNetworkTogether() {
        HeldModel held = new HeldModel();
        List<ServedModel> models =
                List.of(held, TestServers.open(TestModels.classifier(folder, 4), ModelOptions.defaults()));
        try (PredictionServer server = TestServers.start(models, ONE_AT_A_TIME)) {
            Client client = new Client(server.port());
            CompletableFuture<HttpResponse<String>> first = client.postLater("/v1/models/held:predict", new byte[1]);
            held.awaitCall();
            List<CompletableFuture<HttpResponse<String>>> answers =
                    IntStream.range(0, 4).mapToObj(i -> green(client)).toList();
            CompletableFuture<HttpResponse<String>> broken =
                    client.postLater("/v1/models/classifier:predict", new byte[] {1, 2, 3});
            client.awaitMetric("elastic_predictions_waiting 5.0");
            held.allow(1);
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().body()).contains("\"name\":\"green\""));
            assertThat(broken.join().statusCode()).isEqualTo(422);
            assertThat(first.join().statusCode()).isEqualTo(200);
            client.awaitMetric("elastic_batched_images_total{model=\"classifier\"} 5.0");
            client.awaitMetric("elastic_batches_total{model=\"classifier\"} 2.0");
        }
    }

    private static CompletableFuture<HttpResponse<String>> green(Client client) {
        return client.postLater("/v1/models/classifier:predict", Pictures.plain(Pictures.GREEN));
    }
}
