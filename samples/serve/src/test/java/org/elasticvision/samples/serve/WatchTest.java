package org.elasticvision.samples.serve;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.model.OpenModel;
import org.elasticvision.samples.serve.queue.ServedModels;
import org.elasticvision.samples.serve.watch.WatchedFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Models that come, change and go while the server runs. */
class WatchTest {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final byte[] GREEN = Pictures.plain(Pictures.GREEN);
    private static final String ASK = "/v1/models/colors:predict";

    /** Calls red what is green, and green what is red. */
    private static final float[][] SWAPPED = {{0, 10, 0}, {10, 0, 0}, {0, 0, 10}};

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Path right;
    private Path swapped;

    @BeforeEach
    void write() {
        right = TestModels.classifier(elsewhere, TensorShape.ANY);
        swapped = TestModels.write(
                elsewhere.resolve("swapped.onnx"),
                Task.CLASSIFICATION,
                TinyNetworks.classifier(TensorShape.ANY, 4, 4, SWAPPED, new float[] {-1, -1, -1}),
                TestModels.cropTo(4));
    }

    @Test
    void modelsComeChangeAndGo() throws IOException {
        put(right, "colors");
        try (Watching watching = new Watching(Set.of())) {
            Client client = watching.client;
            assertThat(best(client)).isEqualTo("green");
            put(swapped, "colors");
            awaitLine("colors: replaced, now version 2");
            assertThat(best(client)).isEqualTo("red");
            assertThat(client.get("/v2/models/colors/versions/2").statusCode()).isEqualTo(200);
            assertThat(client.get("/v2/models/colors/versions/1").statusCode()).isEqualTo(404);
            put(right, "more");
            awaitLine("more: added");
            assertThat(client.get("/v1/models").body()).contains("\"colors\"", "\"more\"");
            Files.delete(folder.resolve("colors.onnx"));
            awaitLine("colors: removed");
            HttpResponse<String> gone = client.post(ASK, GREEN);
            assertThat(gone.statusCode()).isEqualTo(404);
            assertThat(Client.error(gone)).isEqualTo("no model 'colors' is served here; there is more");
            assertThat(lines).hasSize(3);
        }
    }

    @Test
    void anotherFileOfANameIsTheOneThatIsRefused() throws IOException {
        put(right, "colors");
        try (Watching watching = new Watching(Set.of())) {
            Files.writeString(folder.resolve("colors.engine"), "not an engine"); // before it by the alphabet
            awaitLine("colors.engine: there is a model 'colors' already; give the file another name");
            assertThat(best(watching.client)).isEqualTo("green");
            put(right, "two\nlines%2f");
            awaitLine("two_lines_2f: added");
            assertThat(watching.client
                            .post("/v1/models/two_lines_2f:predict", GREEN)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(lines).hasSize(2);
        }
    }

    @Test
    void aBrokenFileLeavesTheOldModelServing() throws IOException {
        put(right, "colors");
        Files.writeString(folder.resolve("broken.onnx"), "not a model");
        Files.writeString(folder.resolve("notes.txt"), "not looked at");
        Files.copy(right, folder.resolve("fixed.onnx"));
        try (Watching watching = new Watching(Set.of("fixed"))) {
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0)).contains("there is a model 'fixed' already; give the file another name");
            assertThat(lines.get(1)).contains("broken.onnx").doesNotContain("stays");
            Path half = elsewhere.resolve("half.onnx");
            byte[] whole = Files.readAllBytes(right);
            Files.write(half, Arrays.copyOf(whole, whole.length / 2));
            put(half, "colors");
            awaitLine("; the model before it stays");
            assertThat(best(watching.client)).isEqualTo("green");
            put(swapped, "colors");
            awaitLine("colors: replaced, now version 2");
            assertThat(best(watching.client)).isEqualTo("red");
            assertThat(lines).hasSize(4);
        }
    }

    /** Every answer is of one of the two models exactly, and none fails. */
    @Test
    void replacingUnderLoadIsNotSeen() throws Exception {
        put(right, "colors");
        try (Watching watching = new Watching(Set.of())) {
            String one = classes(watching.client.post(ASK, GREEN));
            AtomicBoolean done = new AtomicBoolean();
            Map<String, Integer> answers = new ConcurrentHashMap<>();
            ExecutorService clients = Executors.newFixedThreadPool(4);
            List<Future<Object>> running = IntStream.range(0, 4)
                    .mapToObj(i -> clients.submit((Callable<Object>) () -> {
                        while (!done.get()) {
                            HttpResponse<String> reply = watching.client.post(ASK, GREEN);
                            answers.merge(reply.statusCode() == 200 ? classes(reply) : reply.body(), 1, Integer::sum);
                        }
                        return null;
                    }))
                    .toList();
            for (int version = 2; version <= 7; version++) {
                put(version % 2 == 0 ? swapped : right, "colors");
                awaitLine("colors: replaced, now version " + version);
            }
            put(swapped, "colors");
            awaitLine("colors: replaced, now version 8");
            String other = classes(watching.client.post(ASK, GREEN));
            done.set(true);
            for (Future<Object> client : running) {
                client.get();
            }
            clients.shutdown();
            assertThat(other).isNotEqualTo(one);
            assertThat(answers).containsOnlyKeys(one, other);
        }
    }

    /** A request that is running ends on the model that it began on, which is closed after it. */
    @Test
    void theOldModelAnswersWhatItHasBegun() throws Exception {
        HeldModel old = new HeldModel();
        HeldModel next = new HeldModel();
        next.allow(1);
        try (PredictionServer server = TestServers.start(List.of(old), TestServers.ROOMY)) {
            Client client = new Client(server.port());
            var running = client.postLater("/v1/models/held:predict", new byte[1]);
            old.awaitCall();
            Thread replacing = new Thread(() -> server.models().put(next));
            replacing.start();
            while (client.get("/v2/models/held/versions/2").statusCode() != 200) {
                Thread.onSpinWait();
            }
            assertThat(client.post("/v1/models/held:predict", new byte[1]).statusCode())
                    .isEqualTo(200);
            assertThat(running).isNotDone();
            assertThat(old.isClosed()).isFalse();
            old.allow(1);
            assertThat(running.get().statusCode()).isEqualTo(200);
            replacing.join();
            assertThat(old.isClosed()).isTrue();
            assertThat(next.isClosed()).isFalse();
        }
        assertThat(next.isClosed()).isTrue();
    }

    @Test
    void aFolderThatIsMissingIsRefused() {
        WatchedFolder missing =
                new WatchedFolder(folder.resolve("none"), (name, file) -> new HeldModel(), Set.of(), lines::add);
        assertThatThrownBy(missing::openAll)
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageEndingWith("cannot be read; give a folder with models to --watch");
    }

    private final class Watching implements AutoCloseable {
        private final WatchedFolder watched;
        private final PredictionServer server;
        private final Client client;

        Watching(Set<String> taken) {
            ModelOptions options = ModelOptions.defaults().withThreads(1);
            watched = new WatchedFolder(folder, (name, file) -> OpenModel.open(name, file, options), taken, lines::add);
            server = TestServers.start(watched.openAll(), new Limits(1 << 20, 2, Duration.ofSeconds(20)));
            ServedModels models = server.models();
            watched.watch(models, OFTEN);
            client = new Client(server.port());
        }

        @Override
        public void close() {
            watched.close();
            server.close();
        }
    }

    /** As whoever deploys does: copied under another name, then moved. */
    private void put(Path model, String name) throws IOException {
        Path copy = Files.copy(model, folder.resolve("." + name + ".part"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, folder.resolve(name + ".onnx"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitLine(String end) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (lines.stream().noneMatch(line -> line.endsWith(end))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no '" + end + "' in " + lines);
            }
            Thread.onSpinWait();
        }
    }

    private static String best(Client client) {
        HttpResponse<String> reply = client.post(ASK, GREEN);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        JsonObject first = Client.json(reply).getAsJsonArray("classes").get(0).getAsJsonObject();
        return first.get("name").getAsString();
    }

    private static String classes(HttpResponse<String> reply) {
        return Client.json(reply).getAsJsonArray("classes").toString();
    }
}
