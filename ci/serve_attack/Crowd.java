import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ten thousand connections that say nothing, and more than there may be. */
final class Crowd {
    private static final int IDLE = 10_000;
    private static final int PICTURES = 200;

    private Crowd() {}

    static void idle(Target target) throws Exception {
        List<Raw> connections = new ArrayList<>();
        try {
            for (int i = 0; i < IDLE; i++) {
                Raw connection = new Raw(target.port());
                connections.add(connection);
                Target.check(connection.get("/healthz").status() == 200, "connection " + i + " is not answered");
            }
            try (Load others = new Load(target, 1, 0)) {
                for (int tries = 0; others.after(0).size() < PICTURES && tries < 300; tries++) {
                    Thread.sleep(100);
                }
                double open = target.metric("elastic_connections");
                Latencies good = Load.of(others.after(0), 200);
                Target.check(open >= IDLE, "only " + open + " connections are open");
                Target.check(good.count() == others.after(0).size() && good.count() > 0, "others are not answered: "
                        + others.after(0).stream().filter(one -> one.status() != 200).toList());
                Target.ok(
                        IDLE + " connections kept alive",
                        "%d pictures of others meanwhile, p50 %.1f ms, p99 %.1f ms; the server has %d MB resident",
                        good.count(), good.percentile(0.5), good.percentile(0.99), resident(target.process()) >> 20);
            }
            int again = 0;
            for (Raw connection : connections.subList(IDLE - 1000, IDLE)) {
                again += Target.quietly(() -> connection.get("/healthz").status() == 200 ? 1 : 0, e -> 0);
            }
            Target.ok("of the last thousand of them", "%d are answered again", again);
        } finally {
            connections.forEach(Raw::close);
        }
        awaitFewer(target, 100);
    }

    private static long resident(long process) throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/" + process + "/statm")).split(" ")[1]) * 4096;
    }

    private static void awaitFewer(Target target, int most) throws Exception {
        double open = target.metric("elastic_connections");
        for (int tries = 0; open > most; tries++) {
            Target.check(tries < 300, open + " connections that were closed are still counted");
            Thread.sleep(100);
            open = target.metric("elastic_connections");
        }
    }

    /** Of a server that takes {@code limit} connections. */
    static void tooMany(Target target, int limit) throws Exception {
        List<Raw> connections = new ArrayList<>();
        try {
            for (int i = 0; i < limit; i++) {
                connections.add(new Raw(target.port()));
            }
            Raw.Reply refused = target.predict();
            Target.check(
                    refused.status() == 503 && refused.head().contains("\r\nconnection: close"),
                    "beyond the limit: " + refused.status());
            Target.check(Target.quietly(() -> {
                try (Raw one = new Raw(target.port())) {
                    return one.get("/healthz").status() == 200;
                }
            }, e -> false), "/healthz is not answered beyond the limit");
            awaitFewer(target, limit - 1);
            target.alive("those that said nothing were closed");
        } finally {
            connections.forEach(Raw::close);
        }
        Target.ok("more than " + limit + " connections", "503, and silent ones are closed");
    }
}
