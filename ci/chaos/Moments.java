import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * When processes are killed, by the seed: every other time after so many milliseconds, else as soon as so many files were begun in a folder
 * and a part of a millisecond to some milliseconds later, while they are written.
 */
final class Moments {
    private static final long LOOK_AGAIN_NANOS = 100_000;
    /** For so many files, in nanoseconds to each millisecond of the other kind. */
    private static final long LONGEST_WAIT = 4_000_000;

    private final SplittableRandom random;
    private boolean inWrite;

    Moments(long seed, String command) {
        random = new SplittableRandom(seed * 31 + command.hashCode());
    }

    /** Waits for the next moment, at most until the process ends. */
    void await(Command command, Path folder, int leastMillis, int mostMillis, int mostWrites) {
        inWrite = !inWrite;
        int millis = random.nextInt(leastMillis, mostMillis + 1);
        int writes = random.nextInt(1, mostWrites + 1);
        long later = random.nextLong(3_000_000);
        long end = System.nanoTime() + (inWrite ? mostMillis * LONGEST_WAIT : millis * 1_000_000L);
        Set<Path> seen = new HashSet<>(drafts(folder));
        int old = seen.size();
        while (command.isAlive() && System.nanoTime() < end) {
            if (inWrite) {
                seen.addAll(drafts(folder));
                if (seen.size() - old >= writes) {
                    end = Math.min(end, System.nanoTime() + later);
                }
            }
            java.util.concurrent.locks.LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** What is not whole yet, or was left by a killed process. */
    static Set<Path> drafts(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            Set<Path> drafts = new HashSet<>();
            files.filter(file -> file.getFileName().toString().startsWith(".tmp-")).forEach(drafts::add);
            return drafts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void requireNoDrafts(Path folder) {
        if (!drafts(folder).isEmpty()) {
            throw new Fault("left by a process that was killed, and not deleted by the next: " + drafts(folder));
        }
    }
}
