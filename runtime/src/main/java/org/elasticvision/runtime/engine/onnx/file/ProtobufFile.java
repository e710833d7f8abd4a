package org.elasticvision.runtime.engine.onnx.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The fields of a protobuf message in a file, one after the other. What nobody asks for is skipped, not read. For one thread. */
final class ProtobufFile implements AutoCloseable {
    private static final int BUFFER = 1 << 13;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int VARINT_BITS = 64;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private long bufferEnd;

    ProtobufFile(Path file) throws IOException {
        channel = FileChannel.open(file);
        size = channel.size();
    }

    /** Is called for each field of a message. */
    interface Fields {
        /** A number. */
        default void number(int field, long value) {}

        /**
         * Text, bytes or a message, which the reader stands before; whatever of it is not read is skipped.
         *
         * @param end where it ends, for {@link ProtobufFile#read} and {@link ProtobufFile#text}
         */
        void bytes(int field, long end) throws IOException;
    }

    /** Reads the whole file as one message. */
    void read(Fields fields) throws IOException {
        read(size, fields);
    }

    /**
     * Reads a message up to its end.
     *
     * @throws IOException where it is not a protobuf message
     */
    void read(long end, Fields fields) throws IOException {
        while (position() < end) {
            long tag = varint();
            int field = (int) (tag >>> 3);
            switch ((int) tag & 7) {
                case VARINT -> fields.number(field, varint());
                case FIXED_64 -> skipTo(position() + Long.BYTES);
                case FIXED_32 -> skipTo(position() + Integer.BYTES);
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

    /** Reads text up to its end. */
    String text(long end) throws IOException {
        long length = end - position();
        if (length > LONGEST_TEXT) {
            throw new IOException("a text of " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = next();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private long position() {
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

    private byte next() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            int count = channel.read(buffer, bufferEnd);
            buffer.flip();
            if (count <= 0) {
                throw new EOFException("the file ends early");
            }
            bufferEnd += count;
        }
        return buffer.get();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
