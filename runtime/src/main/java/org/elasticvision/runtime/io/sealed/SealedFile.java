package org.elasticvision.runtime.io.sealed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file that ends in a checksum of the rest. Native code that trusts what it is given gets only what was written: a damaged
 * model must not end the process.
 */
final class SealedFile {
    private static final long MAGIC = 0x454c41535449434cL; // "ELASTICL"
    private static final int SEAL_BYTES = 2 * Long.BYTES;

    private SealedFile() {}

    /** Appends the checksum. */
    static void seal(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            long checksum = checksum(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
            ByteBuffer seal = ByteBuffer.allocate(SEAL_BYTES)
                    .putLong(MAGIC)
                    .putLong(checksum)
                    .flip();
            while (seal.hasRemaining()) {
                channel.write(seal, size + seal.position());
            }
        }
    }

    /**
     * Maps a file without its checksum, in the machine's byte order.
     *
     * @return nothing where it is missing or not what was sealed
     */
    static Optional<ByteBuffer> map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size() - SEAL_BYTES;
            if (size <= 0 || size > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            ByteBuffer seal = ByteBuffer.allocate(SEAL_BYTES);
            while (seal.hasRemaining() && channel.read(seal, size + seal.position()) >= 0) {
                // until it is whole
            }
            seal.flip();
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
            boolean isWhole = seal.remaining() == SEAL_BYTES
                    && seal.getLong() == MAGIC
                    && seal.getLong() == checksum(bytes.duplicate());
            return isWhole ? Optional.of(bytes.order(ByteOrder.nativeOrder())) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
