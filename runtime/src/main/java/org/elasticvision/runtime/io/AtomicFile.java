package org.elasticvision.runtime.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.IOConsumer;
import org.elasticvision.runtime.io.draft.Drafts;

/**
 * Writes files that are there whole or not at all.
 *
 * <pre>{@code
 * AtomicFile.write(Path.of("answers.json"), out -> out.write("[]".getBytes(StandardCharsets.UTF_8)));
 * }</pre>
 *
 * <p>The content goes to a temporary file in the folder of the target, is forced to the disk and then takes the target's
 * place in one step, which is forced to the disk too: after a power failure there is the older file or the new one. Whatever goes
 * wrong on the way, the temporary file is deleted and an older file stays as it was; only a killed process leaves a file named
 * {@code .tmp-…} behind, which the next process that writes into the folder deletes. A target that is a symbolic link to a file stays one: the
 * file it points to is replaced. Safe for use by any number of threads; of two writers of one target the later one wins.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes a file through a buffered stream, which is closed here.
     *
     * @param target the file to write
     * @param content writes to the stream
     * @throws ElasticVisionException if the folder is missing, the target is not a plain file, or writing fails
     */
    public static void write(Path target, IOConsumer<? super OutputStream> content) {
        replace(target, Optional.empty(), streaming(content));
    }

    /**
     * Writes a file and keeps what was there. At no moment are both names without a whole file: what was there is linked to its new name just
     * before the new file takes its place, or moved where the disk has no links. Nothing is written twice.
     *
     * @param target the file to write
     * @param previous gets the file that was there, in the same folder; an older one is replaced
     * @param content writes to the stream
     * @throws ElasticVisionException if the folder is missing, the target is not a plain file, or writing fails
     */
    public static void write(Path target, Path previous, IOConsumer<? super OutputStream> content) {
        replace(target, Optional.of(previous), streaming(content));
    }

    /**
     * Writes a file whose writer wants a path, as native libraries do. The temporary path has the target's file name
     * extension and does not exist yet.
     *
     * @param target the file to write
     * @param writer writes the file at the path that it is given
     * @throws ElasticVisionException if the folder is missing, the target is not a plain file, or writing fails
     */
    public static void replace(Path target, IOConsumer<? super Path> writer) {
        replace(target, Optional.empty(), writer);
    }

    /**
     * The same, keeping what was there.
     *
     * @param target the file to write
     * @param previous gets the file that was there, in the same folder; an older one is replaced
     * @param writer writes the file at the path that it is given
     * @throws ElasticVisionException if the folder is missing, the target is not a plain file, or writing fails
     */
    public static void replace(Path target, Path previous, IOConsumer<? super Path> writer) {
        replace(target, Optional.of(previous), writer);
    }

    private static void replace(Path target, Optional<Path> previous, IOConsumer<? super Path> writer) {
        try (Draft draft = draft(target)) {
            writer.accept(draft.path);
            draft.publish(previous);
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    private static IOConsumer<Path> streaming(IOConsumer<? super OutputStream> content) {
        return temporary -> {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), 1 << 16)) {
                content.accept(out);
            }
        };
    }

    /** Gives a file a second name, or where there are no links another one. */
    private static void keep(Path file, Path previous) throws IOException {
        Path link = Drafts.beside(previous);
        try {
            Files.createLink(link, file);
        } catch (IOException | UnsupportedOperationException e) {
            move(file, previous);
            return;
        }
        try {
            move(link, previous);
        } finally {
            Files.deleteIfExists(link); // POSIX moves nothing where both are names of one file already
        }
    }

    /**
     * A file in the making, for whoever may decide against it.
     *
     * @param target the file to write
     * @return the draft
     * @throws ElasticVisionException if the folder is missing or cannot be written, or the target is not a plain file
     * @throws IOException if the target is a link that cannot be followed
     */
    public static Draft draft(Path target) throws IOException {
        Path destination = destination(target);
        return new Draft(Drafts.beside(destination), destination);
    }

    /** A file that becomes another one when it is published, or is deleted. For one thread. */
    public static final class Draft implements AutoCloseable {
        private final Path path;
        private final Path destination;

        private Draft(Path path, Path destination) {
            this.path = path;
            this.destination = destination;
        }

        /** {@return where to write} It has the target's file name extension and does not exist yet. */
        public Path path() {
            return path;
        }

        /**
         * Takes the target's place in one step, forced to the disk.
         *
         * @throws IOException if it cannot be moved there
         */
        public void publish() throws IOException {
            publish(Optional.empty());
        }

        private void publish(Optional<Path> previous) throws IOException {
            force(path);
            if (previous.isPresent() && Files.exists(destination)) {
                keep(destination, previous.get().toAbsolutePath());
            }
            publishUnforced();
            forceFolder(destination.getParent());
        }

        /**
         * Takes the target's place in one step, for what can be made again and has a checksum: after a power failure it may be there and
         * damaged.
         *
         * @throws IOException if it cannot be moved there
         */
        public void publishUnforced() throws IOException {
            move(path, destination);
        }

        /** Deletes what was not published. */
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }

    /**
     * Finds out before the work whether a file can be written, as far as that can be known.
     *
     * @param target the file to write
     * @throws ElasticVisionException if the folder is missing or cannot be written, or the target is not a plain file
     */
    public static void requireWritable(Path target) {
        try {
            destination(target);
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    /**
     * {@return whether a folder cannot be written because the disk that it is on is read-only}
     *
     * @param folder is there
     */
    public static boolean isReadOnly(Path folder) {
        try {
            return Files.getFileStore(folder).isReadOnly();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path destination(Path target) throws IOException {
        Path file =
                Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        if (Files.isDirectory(file)) {
            throw new ElasticVisionException(target + ": is a folder; give the name of a file to write");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ElasticVisionException(target + ": is a device or a pipe, not a plain file; give another name");
        }
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ElasticVisionException(
                    target + ": cannot be written: there is no folder " + folder + "; create it first");
        }
        if (!Files.isWritable(folder)) {
            throw new ElasticVisionException(target + ": cannot be written: "
                    + (isReadOnly(folder)
                            ? "the disk is read-only; write elsewhere"
                            : "no permission to create files in " + folder
                                    + "; change its permissions or write elsewhere"));
        }
        return file;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** So that the name is on the disk too. Windows has no such call and needs none; some network disks refuse it. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // the file is whole under its name in any case
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * {@return what to say where a file cannot be written}
     *
     * @param target the file as its reader knows it
     * @param e why not
     */
    public static ElasticVisionException failure(Path target, IOException e) {
        return new ElasticVisionException(target + ": cannot be written: " + reason(e), e);
    }

    /** The cause without the temporary file's name, which means nothing to the reader. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied; write elsewhere";
        }
        if (e instanceof NoSuchFileException) {
            return "its folder is gone or takes no new files; write elsewhere";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        if (reason == null) {
            return "the system does not say why; write elsewhere";
        }
        return switch (reason) { // as the C library says it where no locale is set
            case "No space left on device" -> "the disk is full; make room there or write elsewhere";
            case "Disk quota exceeded" -> "your quota on this disk is used up; make room there or write elsewhere";
            case "Read-only file system" -> "the disk is read-only; write elsewhere";
            default -> reason;
        };
    }
}
