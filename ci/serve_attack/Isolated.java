import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Processes that decode, and are killed under the server's hands. */
final class Isolated {
    private static final int KILLS = 8;
    private static final int PAUSE_MILLIS = 700;

    private Isolated() {}

    static void killed(Target target) throws Exception {
        ProcessHandle server = ProcessHandle.of(target.process()).orElseThrow();
        double before = target.metric("elastic_decoders");
        Latencies calm;
        List<Load.Sample> samples;
        try (Load load = new Load(target, 1, 0)) {
            Thread.sleep(3000);
            calm = Load.of(load.after(0.5), 200);
        }
        try (Load load = new Load(target, 2, 0)) {
            for (int kill = 0; kill < KILLS; kill++) {
                server.children().skip(kill % 2).findFirst().ifPresent(ProcessHandle::destroyForcibly);
                Thread.sleep(PAUSE_MILLIS);
            }
            samples = load.after(0);
        }
        Map<Integer, Long> statuses =
                samples.stream().collect(Collectors.groupingBy(Load.Sample::status, Collectors.counting()));
        long refused = statuses.getOrDefault(422, 0L);
        Target.check(
                statuses.keySet().stream().allMatch(status -> status == 200 || status == 422) && refused <= KILLS,
                "answers while processes that decode are killed: " + statuses);
        Target.check(target.metric("elastic_decoders_died_total") > 0, "no process that decodes was killed");
        for (int tries = 0; target.metric("elastic_decoders") != before; tries++) {
            Target.check(tries < 100, "the processes that decode are not started again");
            Thread.sleep(100);
        }
        target.alive("processes that decode were killed");
        Target.ok(
                KILLS + " processes that decode killed",
                "%d pictures answered, %d with 422; p50 %.1f ms before",
                statuses.getOrDefault(200, 0L), refused, calm.percentile(0.5));
    }
}
