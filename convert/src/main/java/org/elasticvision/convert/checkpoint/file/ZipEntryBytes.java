package org.elasticvision.convert.checkpoint.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * An entry of a zip file. Its checksum is compared before its first byte is given out, once.
 *
 * <p>Files that were written after {@code torch.serialization.set_crc32_options(False)} have no right checksum anywhere
 * and are whole; whoever finds that out tells it with {@link #trust}.
 */
public final class ZipEntryBytes implements StorageBytes {
    private static final int CHUNK = 1 << 18;

    private enum State {
        NOT_COMPARED,
        AGREES,
        DAMAGED,
        SKIPPED
    }

    private final CheckpointFile file;
    private final String name;
    private final StorageBytes bytes;
    private final long size;
    private final int checksum;
    private State state = State.NOT_COMPARED;

    /**
     * @param size bytes after unpacking
     * @param checksum CRC-32 that the zip file claims
     */
    ZipEntryBytes(CheckpointFile file, String name, StorageBytes bytes, long size, int checksum) {
        this.file = file;
        this.name = name;
        this.bytes = bytes;
        this.size = size;
        this.checksum = checksum;
    }

    public long size() {
        return size;
    }

    @Override
    public Reader open(long first) {
        switch (compared()) {
            case DAMAGED ->
                throw file.problem("damaged: the bytes of its entry " + name
                        + " do not have the checksum that the file says; download it again");
            case SKIPPED ->
                throw file.problem("saved without its values, under torch.serialization.skip_data(): its entry " + name
                        + " is nothing but zeros; save it again without that");
            case NOT_COMPARED, AGREES -> {}
        }
        return bytes.open(first);
    }

    /** All of it. */
    public ByteBuffer read() {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(size));
        try (Reader reader = open(0)) {
            reader.read(all);
        }
        return all;
    }

    /** Whether the bytes have the checksum that the file claims. */
    public boolean agrees() {
        return compared() == State.AGREES;
    }

    /** Leaves the checksum out of account. */
    synchronized void trust() {
        state = State.AGREES;
    }

    private synchronized State compared() {
        if (state == State.NOT_COMPARED) {
            state = compare();
        }
        return state;
    }

    private State compare() {
        CRC32 crc = new CRC32();
        boolean zeros = checksum == 0;
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, size));
        try (Reader reader = bytes.open(0)) {
            for (long left = size; left > 0; left -= chunk.limit()) {
                chunk.clear().limit((int) Math.min(CHUNK, left));
                reader.read(chunk);
                zeros = zeros && isZero(chunk);
                crc.update(chunk.duplicate());
            }
        }
        if ((int) crc.getValue() == checksum) {
            return State.AGREES;
        }
        return zeros ? State.SKIPPED : State.DAMAGED;
    }

    private static boolean isZero(ByteBuffer chunk) {
        for (int i = 0; i < chunk.limit(); i++) {
            if (chunk.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
