package org.elasticvision.runtime.io.sealed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.elasticvision.runtime.io.AtomicFile;

/**
 * A folder of files that can be made again, each with a checksum at its end. It does not grow beyond 2 GB: what was not used for
 * longest goes first. Any number of threads and processes may use it at once.
 */
public final class SealedFiles {
    private final Path folder;
    private final String suffix;

    /**
     * @param folder is created when the first file is
     * @param suffix how the files' names end, such as {@code .ort}
     */
    public SealedFiles(Path folder, String suffix) {
        this.folder = folder;
        this.suffix = suffix;
    }

    /** Makes a file. */
    @FunctionalInterface
    public interface Maker<E extends Exception> {
        /**
         * Writes it.
         *
         * @param file where to; it does not exist yet
         * @return whether it is to be kept
         * @throws IOException if it cannot be written
         * @throws E what making it throws
         */
        boolean make(Path file) throws IOException, E;
    }

    /**
     * {@return a file's contents without the checksum, mapped into memory; empty where it is missing or damaged}
     *
     * @param name without the suffix
     * @throws IOException if it cannot be read
     */
    public Optional<ByteBuffer> map(String name) throws IOException {
        return SealedFile.map(file(name));
    }

    /**
     * Makes a file and keeps it, if its maker wants that.
     *
     * @param <E> what making it throws
     * @param name without the suffix
     * @param maker writes it
     * @return whether it was kept
     * @throws IOException if it cannot be written
     * @throws E what making it throws
     */
    public <E extends Exception> boolean make(String name, Maker<E> maker) throws IOException, E {
        try (AtomicFile.Draft draft = AtomicFile.draft(file(name))) {
            if (!maker.make(draft.path())) {
                return false;
            }
            SealedFile.seal(draft.path());
            draft.publishUnforced();
        }
        new FolderLimit(folder, suffix).enforce();
        return true;
    }

    /**
     * Notes that a file was used, so that it is not the next to be deleted; a folder that is only read may stay as it is.
     *
     * @param name without the suffix
     */
    public void markAsUsed(String name) {
        try {
            Files.setLastModifiedTime(file(name), FileTime.from(Instant.now()));
        } catch (IOException e) {
            // it is older then than it could be
        }
    }

    /**
     * Deletes a file, if it is there.
     *
     * @param name without the suffix
     * @throws IOException if it cannot be deleted
     */
    public void delete(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    private Path file(String name) {
        return folder.resolve(name + suffix);
    }
}
