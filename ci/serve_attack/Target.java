import java.io.IOException;
import java.util.function.Function;

/** The server under attack, and what is asked of it. */
record Target(int port, long process, String ask, byte[] photo) {
    /** Ends the attack with a line. */
    static final class Failed extends RuntimeException {
        Failed(String message) {
            super(message);
        }
    }

    static void ok(String name, String format, Object... figures) {
        System.out.println("serve-attack: " + name + ": ok" + (format.isEmpty() ? "" : ": " + String.format(format, figures)));
    }

    static void check(boolean holds, String message) {
        if (!holds) {
            throw new Failed(message);
        }
    }

    Raw.Reply predict() throws IOException {
        try (Raw connection = new Raw(port)) {
            return connection.post(ask, photo);
        }
    }

    /** The value of a line of {@code /metrics}, all its labels summed up. */
    double metric(String name) throws IOException {
        try (Raw connection = new Raw(port)) {
            Raw.Reply metrics = connection.get("/metrics");
            check(metrics.status() == 200, "/metrics is answered with " + metrics.status());
            return metrics.body().lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    /** The server lives and answers a picture. */
    void alive(String after) throws IOException {
        Raw.Reply reply = predict();
        check(reply.status() == 200, after + ": a picture is answered with " + reply.status() + " " + reply.body());
    }

    static <T> T quietly(Attempt<T> attempt, Function<IOException, T> failed) {
        try {
            return attempt.run();
        } catch (IOException e) {
            return failed.apply(e);
        }
    }

    interface Attempt<T> {
        T run() throws IOException;
    }
}
