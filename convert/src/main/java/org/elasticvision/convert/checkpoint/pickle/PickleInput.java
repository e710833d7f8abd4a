package org.elasticvision.convert.checkpoint.pickle;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;

/**
 * The bytes of one or more pickles that lie one after another in the file.
 *
 * <p>Unlike other streams it throws at its end, and it can say beforehand whether a length that the pickle claims can
 * be true.
 */
public final class PickleInput extends InputStream {
    /** A thousand tensors with their momentum take a quarter of a MiB, a list of a million indices 5 MiB. */
    static final long MAX_BYTES = 128L << 20;

    /** Longer texts and byte strings, such as arrays of numpy, are left in the file. */
    private static final long MAX_KEPT = 1L << 20;

    private static final int MAX_LINE = 300;

    /** Where bytes are read by their position. */
    interface Source {
        /** Fills the buffer from its position to its limit and flips it. */
        void read(long position, ByteBuffer buffer);
    }

    private final CheckpointFile file;
    private final Source source;
    private final long start;
    private final long end;
    private final String atEnd;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(1 << 13).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long bufferEnd;
    private long skipped;

    /** A part of a file; {@code atEnd} says what is wrong with one whose pickle goes on past {@code end}. */
    public PickleInput(CheckpointFile file, long start, long end, String atEnd) {
        this(file, file::read, start, end, atEnd);
    }

    /** Reads bytes that are in memory. */
    public PickleInput(CheckpointFile file, ByteBuffer bytes, String atEnd) {
        this(
                file,
                (position, buffer) -> {
                    buffer.put(bytes.duplicate().position((int) position).limit((int) position + buffer.remaining()));
                    buffer.flip();
                },
                0,
                bytes.limit(),
                atEnd);
    }

    private PickleInput(CheckpointFile file, Source source, long start, long end, String atEnd) {
        this.file = file;
        this.source = source;
        this.start = start;
        this.end = end;
        this.atEnd = atEnd;
        this.bufferEnd = start;
    }

    /** Bytes in all. */
    long length() {
        return end - start;
    }

    /** Where in the file the next byte is. */
    public long position() {
        return bufferEnd - buffer.remaining();
    }

    @Override
    public int read() {
        ensure(1);
        return Byte.toUnsignedInt(buffer.get());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        ensure(1);
        int count = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, count);
        return count;
    }

    /**
     * Fails unless the length that comes next, and as many bytes as it says, are there. Consumes nothing, unless there
     * are so many that nobody here has a use for them: then all of them.
     *
     * @return the number of bytes consumed, 0 if they are still to be read
     */
    long requireCounted(int lengthBytes) {
        ensure(lengthBytes);
        long length = lengthBytes == 8
                ? buffer.getLong(buffer.position())
                : Integer.toUnsignedLong(buffer.getInt(buffer.position()));
        long left = end - position() - lengthBytes;
        if (length < 0 || length > left) {
            throw file.problem(atEnd);
        }
        if (length <= MAX_KEPT) {
            return 0;
        }
        passOver(lengthBytes + length);
        return length;
    }

    /** The bytes are known to be there. */
    private void passOver(long count) {
        int buffered = (int) Math.min(count, buffer.remaining());
        buffer.position(buffer.position() + buffered);
        bufferEnd += count - buffered;
        skipped += count - buffered;
    }

    /** A line of ASCII without its end. */
    String readLine() {
        StringBuilder line = new StringBuilder();
        for (int c = read(); c != '\n'; c = read()) {
            if (line.length() == MAX_LINE) {
                throw file.problem("damaged: a name of more than " + MAX_LINE + " characters; download it again");
            }
            line.append((char) c);
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private void ensure(int count) {
        if (buffer.remaining() >= count) {
            return;
        }
        if (end - position() < count) {
            throw file.problem(atEnd);
        }
        if (bufferEnd - start - skipped > MAX_BYTES) {
            throw tooLarge();
        }
        buffer.compact();
        int kept = buffer.position();
        buffer.limit((int) Math.min(buffer.capacity(), kept + end - bufferEnd));
        long from = bufferEnd;
        bufferEnd += buffer.limit() - kept;
        source.read(from, buffer);
    }

    private CheckpointException tooLarge() {
        return file.problem("its list of tensors is larger than " + (MAX_BYTES >> 20)
                + " MiB, which no network needs; save only model.state_dict()");
    }
}
