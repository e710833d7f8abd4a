import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Counts events by their names. Thread-safe. */
final class Tally {
    private final Map<String, AtomicLong> counts = new ConcurrentSkipListMap<>();

    void add(String event) {
        add(event, 1);
    }

    void add(String event, long count) {
        counts.computeIfAbsent(event, key -> new AtomicLong()).addAndGet(count);
    }

    long of(String event) {
        return counts.getOrDefault(event, new AtomicLong()).get();
    }

    @Override
    public String toString() {
        return counts.entrySet().stream().map(count -> count.getValue() + " " + count.getKey()).collect(Collectors.joining(", "));
    }
}
