import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Clients that send a byte a second, and clients whose bodies never end. */
final class Slow {
    private static final int CLIENTS = 500;
    private static final int SECONDS = 16;
    private static final int ENDLESS = 16;
    private static final long MOST_ENDLESS = 1L << 30;

    private Slow() {}

    static void drips(Target target) throws Exception {
        List<Raw> heads = new ArrayList<>();
        List<Raw> bodies = new ArrayList<>();
        try (Load others = new Load(target, 1, 20)) {
            for (int i = 0; i < CLIENTS / 2; i++) {
                Raw head = new Raw(target.port());
                head.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
                heads.add(head);
                Raw body = new Raw(target.port());
                body.send("POST " + target.ask() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
                bodies.add(body);
            }
            for (int second = 0; second < SECONDS; second++) {
                Thread.sleep(1000);
                heads.forEach(Slow::drip);
                bodies.forEach(Slow::drip);
            }
            long closed = heads.stream().filter(Slow::isCutOff).count();
            Target.check(closed == heads.size(), (heads.size() - closed) + " heads of a byte a second are still read");
            long refused = bodies.stream().filter(body -> Target.quietly(() -> body.reply().status() == 408, e -> false)).count();
            Target.check(refused >= bodies.size() * 9 / 10, "only " + refused + " bodies of a byte a second got 408");
            Latencies good = Load.of(others.after(0), 200);
            Target.check(
                    good.count() == others.after(0).size() && good.count() > SECONDS * 10,
                    "others were answered " + good.count() + " times of " + others.after(0).size());
            Target.ok(
                    CLIENTS + " clients with a byte a second",
                    "%d heads cut off, %d bodies with 408; %d pictures of others meanwhile, p50 %.1f ms, p99 %.1f ms",
                    closed, refused, good.count(), good.percentile(0.5), good.percentile(0.99));
        } finally {
            heads.forEach(Raw::close);
            bodies.forEach(Raw::close);
        }
    }

    private static void drip(Raw connection) {
        Target.quietly(() -> {
            connection.send("x");
            return true;
        }, e -> false);
    }

    private static boolean isCutOff(Raw connection) {
        return Target.quietly(() -> {
            connection.socket.setSoTimeout(200);
            return connection.socket.getInputStream().read() < 0;
        }, e -> !(e instanceof SocketTimeoutException));
    }

    static void endless(Target target) throws Exception {
        List<Thread> senders = new ArrayList<>();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < ENDLESS; i++) {
            Thread sender = new Thread(() -> {
                long sent = 0;
                try (Raw connection = new Raw(target.port())) {
                    connection.send("POST " + target.ask() + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
                    byte[] chunk = ("10000\r\n" + "x".repeat(1 << 16) + "\r\n").getBytes();
                    for (; sent < MOST_ENDLESS; sent += 1 << 16) {
                        connection.send(chunk);
                    }
                    wrong.add("took " + sent + " bytes");
                } catch (IOException e) {
                    // cut off, as it must be
                }
            });
            sender.start();
            senders.add(sender);
        }
        for (Thread sender : senders) {
            sender.join();
        }
        Target.check(wrong.isEmpty(), "bodies without end: " + wrong);
        target.alive("bodies without end");
        Target.ok(ENDLESS + " bodies without end", "cut off");
    }
}
