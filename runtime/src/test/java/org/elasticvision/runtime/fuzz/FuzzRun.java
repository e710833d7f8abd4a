package org.elasticvision.runtime.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives a target one input after the other, in a folder of its own, and tells what it leaves behind. A fault is an {@link
 * AssertionError}, or whatever the target threw.
 */
public final class FuzzRun implements AutoCloseable {
    private final FuzzTarget target;
    private final Path folder;
    private final Path file;
    private final List<byte[]> seeds;
    private final Set<String> files;
    private final Set<Thread> threads;

    /**
     * Begins with the seeds: what Java and the native libraries keep for good, such as threads, is there then.
     *
     * @param target what is tried
     * @param parent where the folder is made
     */
    public FuzzRun(FuzzTarget target, Path parent) throws IOException {
        this.target = target;
        this.seeds = seeds(target, parent);
        this.folder = Files.createTempDirectory(parent, "fuzz");
        this.file = folder.resolve(target.file());
        Files.createDirectories(file.getParent());
        for (Map.Entry<String, byte[]> other : target.beside().entrySet()) {
            Path path = folder.resolve(other.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, other.getValue());
        }
        this.files = files();
        for (byte[] seed : seeds) {
            run(seed);
        }
        this.threads = new HashSet<>(threads());
    }

    private static List<byte[]> seeds(FuzzTarget target, Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, "seeds");
        try {
            return target.seeds().make(folder);
        } finally {
            delete(folder);
        }
    }

    /** What the target's module makes to begin with. */
    public List<byte[]> seeds() {
        return List.copyOf(seeds);
    }

    /** Reads the bytes as a file, which may be refused in one line. */
    public void run(byte[] input) throws IOException {
        Files.write(file, input);
        try {
            target.reader().read(file);
        } catch (RuntimeException e) {
            requireRefusal(e);
        } finally {
            Files.delete(file);
        }
    }

    private void requireRefusal(RuntimeException thrown) {
        if (!target.refusal().isInstance(thrown)) {
            throw thrown;
        }
        String message = String.valueOf(thrown.getMessage());
        if (message.isBlank() || message.lines().count() != 1) {
            throw new AssertionError("refuses in other than one line: " + message, thrown);
        }
    }

    /** Throws where a file or a thread is there that was not before. */
    public void requireNothingLeft() throws IOException {
        Set<String> left = files();
        if (!left.equals(files)) {
            throw new AssertionError("leaves " + left + " where " + files + " were");
        }
        List<Thread> running =
                threads().stream().filter(thread -> !threads.contains(thread)).toList();
        if (!running.isEmpty()) {
            throw new AssertionError("leaves threads: " + running);
        }
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(path -> folder.relativize(path).toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Those of our code: Java's own come and go, and so do the workers of its common pool. */
    private static List<Thread> threads() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] all = new Thread[2 * group.activeCount() + 8];
        return Stream.of(all)
                .limit(group.enumerate(all))
                .filter(thread -> !(thread instanceof ForkJoinWorkerThread))
                .toList();
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
