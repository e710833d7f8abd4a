package org.elasticvision.convert.checkpoint.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The open file, read by position and therefore by any number of threads at once.
 *
 * <p>Positioned reads rather than a memory map: Java 17 cannot unmap, and a mapped file that somebody shortens crashes
 * the JVM instead of failing with an exception.
 */
public final class CheckpointFile implements AutoCloseable {
    private static final int HASH_BUFFER = 1 << 18;

    private final Path path;
    private final FileChannel channel;
    private final long size;

    private CheckpointFile(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    public static CheckpointFile open(Path path) {
        if (Files.isDirectory(path)) {
            throw new CheckpointException(path, FolderKind.of(path));
        }
        // Opening a pipe would wait for whoever writes into it, and a checkpoint is not read from front to end.
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new CheckpointException(path, "a pipe or device, not a file; write the checkpoint to a file first");
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new CheckpointFile(path, channel, channel.size());
        } catch (NoSuchFileException e) {
            throw new CheckpointException(path, "does not exist; check the path", e);
        } catch (AccessDeniedException e) {
            throw new CheckpointException(path, "permission denied", e);
        } catch (IOException e) {
            throw new CheckpointException(path, "cannot be opened: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    /** Bytes in the file when it was opened. */
    public long size() {
        return size;
    }

    public CheckpointException problem(String problem) {
        return new CheckpointException(path, problem);
    }

    /** Fills the buffer from its position to its limit and flips it. */
    public void read(long position, ByteBuffer buffer) {
        int start = buffer.position();
        try {
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, position + buffer.position() - start);
                if (read < 0) {
                    throw problem("cut off while it was being read: it had " + size + " bytes when it was opened");
                }
            }
        } catch (ClosedByInterruptException e) {
            throw new CheckpointException(path, "reading was interrupted; open it again", e);
        } catch (ClosedChannelException e) {
            throw new IllegalStateException(path + ": closed; read tensors before closing the checkpoint", e);
        } catch (IOException e) {
            throw new CheckpointException(path, "cannot be read: " + e.getMessage(), e);
        }
        buffer.flip();
    }

    /** Some bytes, little-endian. The caller has checked that they lie in the file. */
    public ByteBuffer read(long position, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        read(position, buffer);
        return buffer;
    }

    public String sha256() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        ByteBuffer buffer = ByteBuffer.allocate(HASH_BUFFER);
        for (long position = 0; position < size; position += buffer.limit()) {
            buffer.clear().limit((int) Math.min(HASH_BUFFER, size - position));
            read(position, buffer);
            digest.update(buffer);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new CheckpointException(path, "cannot be closed: " + e.getMessage(), e);
        }
    }
}
