import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.elasticvision.convert.zoo.Architecture;

/** A server under mixed load: good and bad pictures, explanations, clients that go, and a model that is replaced every few seconds. */
final class Serve implements Workload {
    private static final int CLIENTS = 3;
    private static final int SIDE = 32;
    private static final int REQUESTS_PER_CONNECTION = 50;
    private static final long RELOAD_MILLIS = 2500;
    private static final int RELOADS_PER_BAD = 5;
    private static final int LOOKS = 600;
    private static final long LOOK_MILLIS = 100;
    private static final String MODEL = "/v1/models/model";
    private static final String ASK = MODEL + ":predict";

    private final Path good;
    private final Path models;
    private final byte[] photo;
    private final byte[] cutOff;
    private final Server server;
    private final Tally met = new Tally();
    private final AtomicLong begun = new AtomicLong();
    private int reloads;

    Serve(Path folder, boolean leak) throws IOException {
        good = folder.resolve("served.onnx");
        UntrainedModel.write(Architecture.of("resnext_tiny_elastic"), SIDE, good);
        UntrainedModel.writePhoto(folder.resolve("photo.jpg"));
        photo = Files.readAllBytes(folder.resolve("photo.jpg"));
        cutOff = Arrays.copyOf(photo, photo.length / 2);
        models = Files.createDirectories(folder.resolve("models"));
        replace(Files.readAllBytes(good));
        server = new Server(folder, leak, "--max-wait=30s", "--watch=" + models);
    }

    @Override
    public long work(long units, BooleanSupplier late) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
        try {
            BooleanSupplier over = () -> late.getAsBoolean() || begun.get() >= units;
            List<Future<?>> working = new ArrayList<>(List.of(threads.submit(() -> {
                reload(over);
                return null;
            })));
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(begun.get() + client);
                working.add(threads.submit(() -> {
                    ask(random, over);
                    return null;
                }));
            }
            for (Future<?> one : working) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        rest();
        return begun.get();
    }

    private void ask(Random random, BooleanSupplier over) throws IOException {
        while (!over.getAsBoolean()) {
            try (Raw connection = new Raw(server.port())) {
                boolean open = true;
                for (int i = 0; i < REQUESTS_PER_CONNECTION && open && !over.getAsBoolean(); i++) {
                    begun.incrementAndGet();
                    open = request(connection, random.nextInt(100));
                }
            }
        }
    }

    /** {@return whether the connection is open still} */
    private boolean request(Raw connection, int kind) throws IOException {
        if (kind < 10) { // goes while its picture is sent, or while it waits
            connection.send(head(photo.length));
            connection.send(kind < 5 ? cutOff : photo);
            connection.close();
            met.add("cancelled");
            return false;
        }
        if (kind < 20) {
            return expect(connection.post(ASK, cutOff), 422, "bad pictures");
        }
        if (kind < 24) {
            return expect(connection.post(ASK, new byte[0]), 400, "empty bodies");
        }
        if (kind < 28) {
            return expect(connection.post("/v1/models/none:predict", photo), 404, "unknown models");
        }
        if (kind < 30) {
            return expect(connection.get("/metrics"), 200, "metrics");
        }
        if (kind < 31) {
            Raw.Reply reply = connection.post(MODEL + ":explain", photo);
            boolean replaced = reply.status() == 409; // by a file that is not open yet, or cannot be opened
            return expect(reply, replaced ? 409 : 200, replaced ? "not explained" : "explained");
        }
        return expect(connection.post(ASK, photo), 200, "answered");
    }

    private boolean expect(Raw.Reply reply, int status, String name) {
        if (reply.status() == 503) {
            met.add("refused");
        } else if (reply.status() == status) {
            met.add(name);
        } else {
            throw new AssertionError(name + ": " + reply.status() + " instead of " + status + ": " + reply.body());
        }
        return !reply.head().contains("\r\nconnection: close");
    }

    private static String head(int length) {
        return "POST " + ASK + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private void reload(BooleanSupplier over) throws IOException, InterruptedException {
        byte[] whole = Files.readAllBytes(good);
        while (!over.getAsBoolean()) {
            boolean bad = ++reloads % RELOADS_PER_BAD == 0;
            replace(bad ? Arrays.copyOf(whole, whole.length / 2) : whole);
            met.add(bad ? "bad models" : "reloads");
            Thread.sleep(RELOAD_MILLIS);
        }
        replace(whole);
    }

    private void replace(byte[] model) throws IOException {
        Path hidden = Files.write(models.resolve(".new"), model);
        Files.move(hidden, models.resolve("model.onnx"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits until nothing is worked on, and the last model is in its place. */
    private void rest() throws Exception {
        TimeUnit.SECONDS.sleep(3);
        for (int look = 0; look < LOOKS; look++) {
            if (metric("elastic_predictions_running") == 0
                    && metric("elastic_predictions_waiting") == 0
                    && metric("elastic_body_bytes") == 0
                    && metric("elastic_connections") <= 1) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new AssertionError("the server does not come to rest");
    }

    private double metric(String name) throws IOException {
        try (Raw connection = new Raw(server.port())) {
            return connection.get("/metrics").body().lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    @Override
    public Gauges gauges() throws IOException {
        return server.gauges();
    }

    /** Jetty ends threads that have had nothing to do for a minute; its pool and each thread keep buffers for the largest answers, the explanations. */
    @Override
    public List<Double> most() {
        return List.of(64.0, 8.0, 4.0, 8192.0, 200.0);
    }

    @Override
    public String met() {
        return met.toString();
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
