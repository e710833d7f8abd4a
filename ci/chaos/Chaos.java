import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Kills commands, fills disks, takes memory away, and checks after each fault that files are whole and runs end as if nothing had been.
 * Called by {@code ci/chaos.sh} with a seed, a number of kills and the cases, all if none is named.
 */
final class Chaos {
    private int kept;
    private int all;

    /** A kind of fault. */
    @FunctionalInterface
    interface Case {
        void run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        long seed = Long.parseLong(arguments[0]);
        int kills = Integer.parseInt(arguments[1]);
        Set<String> chosen = Set.of(arguments[2].isBlank() ? new String[0] : arguments[2].trim().split(" +"));
        System.exit(new Chaos().run(seed, kills, chosen) ? 0 : 1);
    }

    private boolean run(long seed, int kills, Set<String> chosen) throws Exception {
        Bench bench = new Bench(Path.of(System.getProperty("chaos.work")));
        bench.prepare();
        say("a run of 3 epochs, two models and their int8 models are there; seed " + seed);
        Map<String, Case> cases = cases(bench, seed, kills);
        for (String name : chosen) {
            if (!cases.containsKey(name)) {
                throw new IllegalArgumentException(name + " is not a case; there are " + cases.keySet());
            }
        }
        for (Map.Entry<String, Case> one : cases.entrySet()) {
            if (chosen.isEmpty() || chosen.contains(one.getKey())) {
                one.getValue().run();
            }
        }
        say(kept + " of " + all + " kept");
        return kept == all;
    }

    /** A tenth of the kills hits servers, which take longest; training has the most to keep. */
    private Map<String, Case> cases(Bench bench, long seed, int kills) throws Exception {
        Kills commands = new Kills(bench, seed);
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("train", () -> kill("train", kills * 4 / 10, commands::train));
        cases.put("convert", () -> kill("convert", kills * 2 / 10, commands::convert));
        cases.put("quantize", () -> kill("quantize", kills * 15 / 100, commands::quantize));
        cases.put("build-engine", () -> kill("build-engine", kills * 15 / 100, commands::buildEngine));
        cases.put("serve", () -> {
            ServeKills server = new ServeKills(bench);
            kill("serve", kills / 10, (count, each) -> server.kill(seed, count, each));
        });
        cases.put("disk", () -> each(new Disks(bench).cases()));
        cases.put("memory", () -> each(new Memory(bench).cases()));
        cases.put("clock", () -> each(new Clock(bench).cases()));
        cases.put("files", () -> each(new LostFiles(bench).cases()));
        cases.put("together", () -> each(new Together(bench).cases()));
        return cases;
    }

    /** Kills a command so many times. */
    @FunctionalInterface
    private interface Killing {
        void run(int kills, Runnable each) throws Exception;
    }

    private void kill(String name, int kills, Killing killing) {
        all += kills;
        List<Long> survived = new ArrayList<>();
        long begun = System.nanoTime();
        try {
            killing.run(kills, () -> survived.add(System.nanoTime()));
            kept += kills;
            say("kept: " + name + ": " + kills + " kills in " + (System.nanoTime() - begun) / 1_000_000_000 + " s");
        } catch (Exception e) {
            kept += Math.max(0, survived.size() - 1);
            say("LOST: " + name + ", after kill " + survived.size() + ": " + reason(e));
        }
    }

    private void each(Map<String, Case> cases) {
        cases.forEach((name, one) -> {
            try {
                one.run();
                all++;
                kept++;
                say("kept: " + name);
            } catch (Skipped e) {
                say("skipped: " + name + ": " + e.getMessage());
            } catch (Exception e) {
                all++;
                say("LOST: " + name + ": " + reason(e));
            }
        });
    }

    private static String reason(Exception e) {
        return e instanceof Fault ? e.getMessage() : e.toString();
    }

    private static void say(String line) {
        System.out.println("chaos: " + line);
        System.out.flush();
    }

    /** A case that this machine does not allow. */
    static final class Skipped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Skipped(String why) {
            super(why);
        }
    }
}
