import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/** What a process holds, in the order of {@link #NAMES}. */
record Gauges(List<Double> values) {
    static final List<String> NAMES = List.of("resident MB", "threads", "descriptors", "direct kB", "tracked kB");

    private static final int COLLECTIONS = 3;
    private static final long CLEANING_MILLIS = 250;

    /** What may usually be added from the first quarter to the last. Tracked is what JavaCPP has allocated. */
    static final List<Double> MOST = List.of(32.0, 2.0, 4.0, 1024.0, 100.0);

    /** Collects garbage first, and lets the threads free what belonged to it. */
    static Gauges ofThisProcess() throws IOException, InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(CLEANING_MILLIS);
        }
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new Gauges(List.of(
                status("VmRSS:") / 1024.0, (double) status("Threads:"), (double) descriptors(), direct / 1024.0,
                Pointer.totalBytes() / 1024.0));
    }

    private static long status(String line) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(one -> one.startsWith(line))
                .mapToLong(one -> Long.parseLong(one.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /**
     * {@return the names of those that have grown too much}
     *
     * @param before what there was
     * @param most what may be added
     */
    List<String> grownSince(Gauges before, List<Double> most) {
        return IntStream.range(0, NAMES.size())
                .filter(i -> values.get(i) - before.values.get(i) > most.get(i))
                .mapToObj(NAMES::get)
                .toList();
    }

    /** {@return the values as columns, each after a separator} */
    String columns() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < NAMES.size(); i++) {
            text.append(String.format(Locale.ROOT, " | %" + NAMES.get(i).length() + ".0f", values.get(i)));
        }
        return text.toString();
    }

    /** {@return a line that {@link #parse} reads} */
    String line() {
        return String.join(" ", values.stream().map(String::valueOf).toList());
    }

    static Gauges parse(String line) {
        return new Gauges(Stream.of(line.split(" ")).map(Double::valueOf).toList());
    }
}
