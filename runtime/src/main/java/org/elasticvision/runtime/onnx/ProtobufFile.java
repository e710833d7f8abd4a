package org.elasticvision.runtime.onnx;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The fields of a protobuf message in a file, one after the other. What nobody asks for is skipped, not read. For one thread. */
public final class ProtobufFile implements AutoCloseable {
    private static final int BUFFER = 1 << 13;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int VARINT_BITS = 64;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final RandomAccessFile content; // a channel would close where the thread is interrupted
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private long bufferEnd;

    /**
     * Opens a file.
     *
     * @param file a file that is there
     * @throws IOException where it cannot be read
     */
    public ProtobufFile(Path file) throws IOException {
        content = new RandomAccessFile(file.toFile(), "r");
        size = content.length();
    }

    /** Is called for each field of a message. */
    public interface Fields {
        /**
         * A number.
         *
         * @param field its number in the message
         * @param value as it is written
         */
        default void number(int field, long value) {}

        /**
         * A number of 32 bits, such as a float.
         *
         * @param field its number in the message
         * @param bits as they are written
         */
        default void fixed32(int field, int bits) {}

        /**
         * Text, bytes or a message, which the reader stands before; whatever of it is not read is skipped.
         *
         * @param field its number in the message
         * @param end where it ends, for {@link ProtobufFile#read} and {@link ProtobufFile#text}
         * @throws IOException where it cannot be read, or is not what it should be
         */
        void bytes(int field, long end) throws IOException;
    }

    /**
     * Reads the whole file as one message.
     *
     * @param fields sees its fields
     * @throws IOException where it is not a protobuf message
     */
    public void read(Fields fields) throws IOException {
        read(size, fields);
    }

    /**
     * Reads a message up to its end.
     *
     * @param end where it ends
     * @param fields sees its fields
     * @throws IOException where it is not a protobuf message
     */
    public void read(long end, Fields fields) throws IOException {
        while (position() < end) {
            long tag = varint();
            int field = (int) (tag >>> 3);
            switch ((int) tag & 7) {
                case VARINT -> fields.number(field, varint());
                case FIXED_64 -> skipTo(position() + Long.BYTES);
                case FIXED_32 -> fields.fixed32(field, fixed32());
                case BYTES -> {
                    long length = varint();
                    if (length < 0 || length > end - position()) {
                        throw new IOException("a field is longer than its message");
                    }
                    long after = position() + length;
                    fields.bytes(field, after);
                    skipTo(after);
                }
                default -> throw new IOException("not a protobuf message");
            }
        }
        if (position() != end) {
            throw new IOException("a field is longer than its message");
        }
    }

    /**
     * {@return text up to its end, of 64 KB at most}
     *
     * @param end where it ends
     * @throws IOException where it is longer
     */
    public String text(long end) throws IOException {
        return text(end, LONGEST_TEXT);
    }

    /**
     * {@return text up to its end}
     *
     * @param end where it ends
     * @param longest bytes that are read
     * @throws IOException where it is longer
     */
    public String text(long end, int longest) throws IOException {
        long length = end - position();
        if (length > longest) {
            throw new IOException("a text of " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = next();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * {@return numbers of variable length up to their end, as packed fields have them}
     *
     * @param end where they end
     * @param most that are read
     * @throws IOException where there are more, or the last is not whole
     */
    public long[] varints(long end, int most) throws IOException {
        long[] values = new long[(int) Math.min(end - position(), most)];
        int count = 0;
        while (position() < end) {
            if (count == values.length) {
                throw new IOException("more than " + most + " numbers");
            }
            values[count++] = varint();
        }
        return Arrays.copyOf(values, count);
    }

    /** {@return where in the file the reader stands} */
    public long position() {
        return bufferEnd - buffer.remaining();
    }

    private void skipTo(long position) {
        long ahead = position - position();
        if (ahead <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) ahead);
        } else {
            buffer.limit(0);
            bufferEnd = position;
        }
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < VARINT_BITS; shift += 7) {
            byte part = next();
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than 64 bits");
    }

    private int fixed32() throws IOException {
        int bits = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            bits |= Byte.toUnsignedInt(next()) << (8 * i);
        }
        return bits;
    }

    private byte next() throws IOException {
        if (!buffer.hasRemaining()) {
            content.seek(bufferEnd);
            int count = content.read(buffer.array());
            buffer.clear().limit(Math.max(count, 0));
            if (count <= 0) {
                throw new EOFException("the file ends early");
            }
            bufferEnd += count;
        }
        return buffer.get();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
