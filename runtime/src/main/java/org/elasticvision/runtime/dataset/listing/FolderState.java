package org.elasticvision.runtime.dataset.listing;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What changes when a file is added to a folder, removed or renamed: its times and the number of its entries.
 *
 * @param path of the folder, relative to the class folder; empty for that itself
 * @param modified nanoseconds since 1970, which tools that copy folders may set
 * @param changed the same by the system alone; 0 where the file system does not know it
 * @param entries how many there are, whatever they are
 */
record FolderState(String path, long modified, long changed, int entries) {
    private static final String UNIX = "unix";

    /** The state before its entries are read; links are followed. */
    static FolderState before(Path folder, String path) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains(UNIX)) {
            Map<String, Object> times = Files.readAttributes(folder, "unix:lastModifiedTime,ctime");
            return new FolderState(
                    path, nanos((FileTime) times.get("lastModifiedTime")), nanos((FileTime) times.get("ctime")), 0);
        }
        return new FolderState(path, nanos(Files.getLastModifiedTime(folder)), 0, 0);
    }

    FolderState withEntries(int count) {
        return new FolderState(path, modified, changed, count);
    }

    /** Whether it is as it was; reads its names, but looks at none of its files. */
    boolean isCurrent(Path classFolder) {
        Path folder = classFolder.resolve(path);
        try {
            return before(folder, path).withEntries(entries).equals(this) && count(folder) == entries;
        } catch (IOException e) {
            return false; // what is wrong with it is said by whoever lists it
        }
    }

    /**
     * Whether a change after the listing would show.
     *
     * @param listed nanoseconds since 1970 at which the listing began
     * @param settling as long as this after a change another one may not show
     */
    boolean isSettled(long listed, Duration settling) {
        return listed - (changed == 0 ? modified : changed) >= settling.toNanos();
    }

    private static int count(Path folder) throws IOException {
        int count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                count += entry.getNameCount() > 0 ? 1 : 0;
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return count;
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
