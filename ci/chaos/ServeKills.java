import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.elasticvision.runtime.io.draft.FileTree;

/** A server whose model is replaced and that is killed: the next one answers by the model that lies there. */
final class ServeKills {
    private static final Pattern ADDRESS = Pattern.compile("Serving at (http://[^ ]*/)");
    private static final int LOOKS = 1200;

    private final Bench bench;
    private final Path models;
    private final HttpClient client = HttpClient.newHttpClient();

    ServeKills(Bench bench) throws IOException {
        this.bench = bench;
        this.models = bench.fresh("served");
    }

    void kill(long seed, int kills, Runnable kept) throws Exception {
        Moments moments = new Moments(seed, "serve");
        Path cache = bench.work.resolve("cache/elasticvision");
        JsonElement[] answers = new JsonElement[2];
        for (int i = 0; i < 2; i++) {
            replace(i);
            Command server = serve();
            answers[i] = answer(server);
            server.kill();
        }
        for (int killed = 0; killed < kills; killed++) {
            FileTree.delete(cache); // what engines make of models is made and written again
            Command server = serve();
            address(server);
            int which = killed % 2;
            replace(which);
            moments.await(server, cache.resolve("models"), 0, 2500, 1);
            if (!server.kill()) {
                throw new Fault("the server has ended: " + server.said());
            }
            Command next = serve();
            JsonElement answer = answer(next);
            next.kill();
            if (!answer.equals(answers[which])) {
                throw new Fault("answers as another model: " + answer);
            }
            kept.run();
        }
        requireTidyCache(cache);
    }

    /** Whoever writes into a folder of the cache deletes what killed processes have left there. */
    private void requireTidyCache(Path cache) throws Exception {
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().startsWith(".tmp-")) {
                    Files.delete(file);
                }
            }
        }
        Command server = serve();
        answer(server);
        server.kill();
        try (Stream<Path> folders = Files.walk(cache)) {
            folders.filter(Files::isDirectory).forEach(Moments::requireNoDrafts);
        }
    }

    private void replace(int which) throws IOException {
        Path copy = Files.copy(bench.models[which], models.resolve(".new"), StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
        Files.move(copy, models.resolve("model.onnx"), StandardCopyOption.ATOMIC_MOVE);
    }

    private Command serve() {
        return Command.elastic("serve", "--port=0", "--watch", models);
    }

    private static String address(Command server) throws InterruptedException {
        for (int look = 0; look < LOOKS && server.isAlive(); look++) {
            Matcher said = ADDRESS.matcher(server.said());
            if (said.find()) {
                return said.group(1);
            }
            Thread.sleep(50);
        }
        throw new Fault("does not serve: " + server.said());
    }

    private JsonElement answer(Command server) throws Exception {
        URI place = URI.create(address(server) + "v1/models/model:predict");
        Path picture = bench.data.resolve("VOC2012/JPEGImages/val_000001.png");
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(place).POST(HttpRequest.BodyPublishers.ofFile(picture)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new Fault("status " + response.statusCode() + ": " + response.body());
        }
        return JsonParser.parseString(response.body()).getAsJsonObject().get("classes");
    }
}
