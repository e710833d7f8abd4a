package org.elasticvision.runtime.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.IOConsumer;

/**
 * Writes files that are there whole or not at all.
 *
 * <pre>{@code
 * AtomicFile.write(Path.of("answers.json"), out -> out.write("[]".getBytes(StandardCharsets.UTF_8)));
 * }</pre>
 *
 * <p>The content goes to a temporary file in the folder of the target, is forced to the disk and then takes the target's
 * place in one step. Whatever goes wrong on the way, the temporary file is deleted and an older file stays as it was; only a
 * killed process leaves a file named {@code .tmp-…} behind. A target that is a symbolic link to a file stays one: the
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
        replace(target, temporary -> {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), 1 << 16)) {
                content.accept(out);
            }
        });
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
        try (Draft draft = draft(target)) {
            writer.accept(draft.path());
            force(draft.path());
            draft.publish();
        } catch (IOException e) {
            throw new ElasticVisionException(target + ": cannot be written: " + reason(e), e);
        }
    }

    /**
     * A file in the making, for whoever may decide against it; not forced to the disk: after a power failure it may be there and
     * damaged.
     *
     * @param target the file to write
     * @return the draft
     * @throws ElasticVisionException if the folder is missing or cannot be written, or the target is not a plain file
     * @throws IOException if the target is a link that cannot be followed
     */
    public static Draft draft(Path target) throws IOException {
        Path destination = destination(target);
        Path temporary = destination.resolveSibling(
                String.format(".tmp-%016x-%s", ThreadLocalRandom.current().nextLong(), destination.getFileName()));
        return new Draft(temporary, destination);
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
         * Takes the target's place in one step.
         *
         * @throws java.io.IOException if it cannot be moved there
         */
        public void publish() throws IOException {
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
            throw new ElasticVisionException(target + ": cannot be written: " + reason(e), e);
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
            throw new ElasticVisionException(target + ": cannot be written: no permission to create files in " + folder
                    + "; change its permissions or write elsewhere");
        }
        return file;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The cause without the temporary file's name, which means nothing to the reader. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied; write elsewhere";
        }
        if (e instanceof FileSystemException failure) {
            return failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
        }
        return e.getMessage();
    }
}
