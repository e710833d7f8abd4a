package org.elasticvision.runtime.io.sealed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keeps a cache folder from growing: the files that nobody used for longest go first. */
final class FolderLimit {
    static final long MOST_BYTES = 2L << 30;

    private final Path folder;
    private final String suffix;
    private final long mostBytes;

    FolderLimit(Path folder, String suffix) {
        this(folder, suffix, MOST_BYTES);
    }

    FolderLimit(Path folder, String suffix, long mostBytes) {
        this.folder = folder;
        this.suffix = suffix;
        this.mostBytes = mostBytes;
    }

    private record Entry(Path file, long bytes, Instant used) {}

    /**
     * Deletes what is too much, but never the file used last, nor what is not whole yet. Other processes may do the same at the same
     * time.
     */
    void enforce() throws IOException {
        List<Entry> entries = entries();
        entries.sort(Comparator.comparing(Entry::used).reversed());
        long total = 0;
        for (int i = 0; i < entries.size(); i++) {
            total += entries.get(i).bytes();
            if (i > 0 && total > mostBytes) {
                Files.deleteIfExists(entries.get(i).file());
            }
        }
    }

    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(this::isWhole).toList()) {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    entries.add(new Entry(
                            file,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
                } catch (IOException e) {
                    // another process was quicker
                }
            }
        }
        return entries;
    }

    private boolean isWhole(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(suffix) && !name.startsWith(".");
    }
}
