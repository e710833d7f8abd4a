package org.elasticvision.samples.serve;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.elasticvision.samples.serve.connection.HeaderDeadline;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Origins;
import org.elasticvision.samples.serve.isolate.DecoderPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Pictures that are decoded in other processes, and processes that end. */
class IsolateTest {
    private static final String CLASSIFIER = "/v1/models/classifier:predict";
    private static final String SEGMENTER = "/v1/models/segmenter:predict?mask=png&overlay=png";

    @TempDir
    Path folder;

    private final Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    @Test
    void theAnswersAreTheSame() throws IOException {
        byte[] photo = photo();
        Map<String, byte[]> files = Map.of(
                "PNG", Pictures.halves(Pictures.GREEN, Pictures.BLUE),
                "JPEG", photo,
                "turned JPEG", turned(photo),
                "cut off", Arrays.copyOf(photo, photo.length / 2),
                "no image", new byte[] {1, 2, 3});
        List<ProcessHandle> started;
        try (PredictionServer apart = start(TestServers.ROOMY);
                PredictionServer inside = TestServers.start(TestServers.colors(folder), TestServers.ROOMY)) {
            for (String ask : List.of(CLASSIFIER, SEGMENTER)) {
                files.forEach((name, file) ->
                        assertThat(answer(apart, ask, file)).as(name).isEqualTo(answer(inside, ask, file)));
            }
            assertThat(answer(apart, CLASSIFIER, photo)).startsWith("200 ");
            assertThat(answer(apart, CLASSIFIER, new byte[3])).startsWith("422 ");
            started = decoders();
            assertThat(started).hasSize(TestServers.ROOMY.concurrent());
        }
        assertThat(started).allMatch(IsolateTest::ended);
    }

    private static String answer(PredictionServer server, String ask, byte[] file) {
        HttpResponse<String> reply = new Client(server.port()).post(ask, file);
        JsonObject json = Client.json(reply);
        json.remove("timing");
        return reply.statusCode() + " " + json;
    }

    private static byte[] photo() throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < 1200; i++) {
            image.setRGB(i % 40, i / 40, random.nextInt(0x1000000));
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", file);
        return file.toByteArray();
    }

    /** The same with EXIF orientation 6 behind its first marker. */
    private static byte[] turned(byte[] photo) {
        byte[] exif = {
            -1, -31, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6,
            0, 0, 0, 0, 0, 0
        };
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(photo, 0, 2);
        file.writeBytes(exif);
        file.write(photo, 2, photo.length - 2);
        return file.toByteArray();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are stopped with kill")
    void aProcessThatEndsCostsItsFileAlone() throws Exception {
        byte[] file = Pictures.plain(Pictures.BLUE);
        try (PredictionServer server = start(new Limits(1 << 20, 1, Duration.ofSeconds(30)))) {
            Client client = new Client(server.port());
            ProcessHandle first = decoder();
            signal(first, "-STOP");
            CompletableFuture<HttpResponse<String>> hit = client.postLater(CLASSIFIER, file);
            client.awaitMetric("elastic_predictions_running 1.0");
            CompletableFuture<HttpResponse<String>> next = client.postLater(CLASSIFIER, file);
            first.destroyForcibly();
            assertThat(hit.join().statusCode()).isEqualTo(422);
            assertThat(Client.error(hit.join()))
                    .isEqualTo("the image: the process that decodes it ended while it was at it; send another file");
            assertThat(next.join().statusCode()).isEqualTo(200);
            client.awaitMetric("elastic_decoders_died_total 1.0");

            ProcessHandle second = decoder();
            second.destroyForcibly();
            second.onExit().get(20, TimeUnit.SECONDS);
            assertThat(client.post(CLASSIFIER, file).statusCode())
                    .as("one that ended with no file is not a file's fault")
                    .isEqualTo(200);
            client.awaitMetric("elastic_decoders_died_total 2.0");
            client.awaitMetric("elastic_decoders 1.0");
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are stopped with kill")
    void aProcessThatTakesTooLongIsKilled() throws Exception {
        byte[] file = Pictures.plain(Pictures.BLUE);
        try (PredictionServer server = start(new Limits(1 << 20, 1, Duration.ofSeconds(6)))) {
            Client client = new Client(server.port());
            signal(decoder(), "-STOP");
            HttpResponse<String> late = client.post(CLASSIFIER, file);
            assertThat(late.statusCode()).isEqualTo(422);
            assertThat(Client.error(late)).isEqualTo("the image: it was not decoded within 3.0 s; send another file");
            assertThat(client.post(CLASSIFIER, file).statusCode()).isEqualTo(200);
            client.awaitMetric("elastic_decoders_timed_out_total 1.0");
        }
    }

    /** The processes that this one has started since the test began; what they run is cut from what the system tells of them. */
    private List<ProcessHandle> decoders() {
        return ProcessHandle.current()
                .children()
                .filter(process -> !before.contains(process))
                .toList();
    }

    private ProcessHandle decoder() {
        List<ProcessHandle> started = decoders();
        assertThat(started).hasSize(1);
        return started.get(0);
    }

    private static boolean ended(ProcessHandle process) {
        return process.onExit()
                .orTimeout(20, TimeUnit.SECONDS)
                .thenApply(end -> true)
                .join();
    }

    private static void signal(ProcessHandle process, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private PredictionServer start(Limits limits) {
        return PredictionServer.start(
                TestServers.colors(folder),
                new ServerSettings(
                        new InetSocketAddress("localhost", 0),
                        limits,
                        Origins.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new DecoderPool(limits, warnings::add)),
                        HeaderDeadline.USUAL));
    }
}
