import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** More than can be answered, clients that go away, and a server that is told to stop. */
final class Pressure {
    private static final double MOST_TIMES = 3;
    private static final int ALONE_SECONDS = 8;
    private static final int LOADED_SECONDS = 15;
    private static final double SETTLED_AFTER = 3;
    private static final int CLIENTS = 48;
    private static final int LEAVING = 60;

    private Pressure() {}

    static void overload(Target target) throws Exception {
        Latencies alone;
        try (Load one = new Load(target, 1, 0)) {
            Thread.sleep(ALONE_SECONDS * 1000L);
            alone = Load.of(one.after(1), 200);
        }
        double rate = MOST_TIMES * 1000 / alone.percentile(0.5);
        List<Load.Sample> samples;
        try (Load many = new Load(target, CLIENTS, rate)) {
            Thread.sleep(LOADED_SECONDS * 1000L);
            samples = many.after(SETTLED_AFTER);
        }
        Latencies admitted = Load.of(samples, 200);
        Latencies shed = Load.of(samples, 503);
        Target.check(admitted.count() + shed.count() == samples.size(), "some are answered neither with 200 nor with 503");
        Target.check(
                samples.stream().allMatch(sample -> sample.status() != 503 || sample.retryAfter()),
                "a 503 does not say when to try again");
        double seconds = LOADED_SECONDS - SETTLED_AFTER;
        Target.ok(
                "unloaded", "%d pictures, p50 %.1f ms, p99 %.1f ms", alone.count(), alone.percentile(0.5), alone.percentile(0.99));
        String figures = String.format(
                "%.0f a second asked; answered %.0f a second, p50 %.1f ms, p99 %.1f ms (%.2f times unloaded); shed %.0f a second,"
                        + " p50 %.1f ms, p99 %.1f ms",
                samples.size() / seconds, admitted.count() / seconds, admitted.percentile(0.5), admitted.percentile(0.99),
                admitted.percentile(0.99) / alone.percentile(0.99), shed.count() / seconds, shed.percentile(0.5),
                shed.percentile(0.99));
        Target.check(shed.count() > 0, "nothing is shed: " + figures);
        Target.check(admitted.percentile(0.99) < MOST_TIMES * alone.percentile(0.99), "the admitted are slow: " + figures);
        Target.ok("overload", "%s", figures);
        target.alive("overload");
    }

    /** Clients that send a picture each and close their connections while they wait. */
    static void leaving(Target target) throws Exception {
        double asked = target.metric("elastic_batched_images_total");
        double givenUp = target.metric("elastic_images_given_up_total");
        List<Raw> clients = new ArrayList<>();
        for (int i = 0; i < LEAVING; i++) {
            Raw client = new Raw(target.port());
            client.send("POST " + target.ask() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + target.photo().length + "\r\n\r\n");
            clients.add(client);
        }
        for (Raw client : clients) {
            client.send(target.photo());
        }
        clients.forEach(Raw::close);
        for (int tries = 0; target.metric("elastic_predictions_waiting") > 0; tries++) {
            Target.check(tries < 200, "those who left are still waited for");
            Thread.sleep(50);
        }
        double worked = target.metric("elastic_batched_images_total") - asked;
        double left = target.metric("elastic_images_given_up_total") - givenUp;
        Target.check(left > worked, "of " + LEAVING + " who left " + worked + " were worked on, and " + left + " not");
        target.alive("clients that went");
        Target.ok(LEAVING + " clients that go while they wait", "%.0f worked on, %.0f given up in the queue", worked, left);
    }

    /** The signal comes while four clients ask; every answer that was made must have come to its client. */
    static void drain(Target target) throws Exception {
        Load load = new Load(target, 4, 0);
        Thread.sleep(1500);
        ProcessHandle server = ProcessHandle.of(target.process()).orElseThrow();
        Raw slow = new Raw(target.port());
        slow.send("POST " + target.ask() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + target.photo().length + "\r\n\r\n");
        slow.socket.getOutputStream().write(target.photo(), 0, 100);
        Thread.sleep(300);
        server.destroy();
        Thread.sleep(700);
        int ready = ready(target);
        slow.socket.getOutputStream().write(target.photo(), 100, target.photo().length - 100);
        Raw.Reply late = slow.reply();
        load.close();
        Target.check(ready == 503, "readiness says " + ready + " while the server stops");
        Target.check(late.status() == 200, "an upload that had begun is answered with " + late.status());
        long answered = 1 + load.after(0).stream().filter(sample -> sample.status() == 200).count();
        long refused = load.after(0).stream().filter(sample -> sample.status() == 503).count();
        Target.ok("SIGTERM", "%d were answered, %d got 503, readiness turned 503", answered, refused);
        System.out.println("answered " + answered); // which the script holds against the access log
    }

    private static int ready(Target target) throws IOException {
        try (Raw connection = new Raw(target.port())) {
            return connection.get("/readyz").status();
        }
    }
}
