import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Does one kind of work for long and measures what its process holds: {@code Soak WORKLOAD UNITS SECONDS LEAK FOLDER TABLE}. It ends at the
 * units or after the seconds. The first quarter warms up; where something has grown too much from then to the end, the exit code is 1. Two rows are added to
 * the file TABLE.
 */
final class Soak {
    private static final int QUARTERS = 4;

    private final String name;
    private final long units;
    private final double seconds;
    private long start;

    private Soak(String name, long units, double seconds) {
        this.name = name;
        this.units = units;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        Soak soak = new Soak(arguments[0], Long.parseLong(arguments[1]), Double.parseDouble(arguments[2]));
        boolean leak = Boolean.parseBoolean(arguments[3]);
        List<String> grown;
        try (Workload workload = soak.workload(Path.of(arguments[4]), leak)) {
            grown = soak.run(workload, Path.of(arguments[5]));
        }
        if (!grown.isEmpty()) {
            System.out.println(soak.name + " grows: " + String.join(", ", grown));
        }
        System.exit(grown.isEmpty() ? 0 : 1);
    }

    private Workload workload(Path folder, boolean leak) throws Exception {
        return switch (name) {
            case "serve" -> new Serve(folder, leak);
            case "frames" -> new Frames(folder, leak);
            case "models" -> new Models(folder, leak);
            case "steps" -> new Steps(folder, units, leak);
            case "batcher" -> new Batcher(folder, leak);
            default -> throw new IllegalArgumentException("no workload '" + name + "'");
        };
    }

    private List<String> run(Workload workload, Path table) throws Exception {
        System.out.println(row("work", "count", " | " + String.join(" | ", Gauges.NAMES)));
        start = System.nanoTime();
        Gauges first = null;
        Gauges last = null;
        long done = 0;
        for (int quarter = 1; quarter <= QUARTERS; quarter++) {
            done = workload.work(units * quarter / QUARTERS, lateAfter(seconds * quarter / QUARTERS));
            last = workload.gauges();
            first = first == null ? last : first;
            String row = row(name, String.valueOf(done), last.columns());
            System.out.println(row);
            if (quarter == 1 || quarter == QUARTERS) {
                Files.writeString(table, row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s ended at its %s, after %.0f s: %s%n",
                name,
                done >= units ? "count" : "time",
                (System.nanoTime() - start) * 1e-9,
                workload.met());
        return last.grownSince(first, workload.most());
    }

    private BooleanSupplier lateAfter(double from) {
        return () -> (System.nanoTime() - start) * 1e-9 > from;
    }

    private static String row(String work, String count, String columns) {
        return String.format(Locale.ROOT, "| %-7s | %8s%s |", work, count, columns);
    }
}
