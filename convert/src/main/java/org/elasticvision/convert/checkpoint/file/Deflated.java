package org.elasticvision.convert.checkpoint.file;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * An entry that a tool compressed with deflate when it packed a checkpoint again; torch.save never does. Reading begins
 * at the entry's start whatever byte is wanted first.
 */
final class Deflated implements StorageBytes {
    /** Deflate's own limit: 258 bytes from two bits. */
    private static final long MAX_RATIO = 1032;

    private static final int CHUNK = 1 << 16;

    private final CheckpointFile file;
    private final String name;
    private final Region region;

    /** @param size bytes that it claims to unpack to */
    Deflated(CheckpointFile file, String name, Region region, long size) {
        this.file = file;
        this.name = name;
        this.region = region;
        if (size / MAX_RATIO > region.length()) {
            throw damaged();
        }
    }

    @Override
    public Reader open(long first) {
        return new Inflating(first);
    }

    private final class Inflating implements Reader {
        private final Inflater inflater = new Inflater(true);
        private final ByteBuffer packed = ByteBuffer.allocate(CHUNK).limit(0);
        private long position = region.offset();

        Inflating(long first) {
            ByteBuffer passed = ByteBuffer.allocate((int) Math.min(CHUNK, Math.max(1, first)));
            for (long left = first; left > 0; left -= passed.limit()) {
                passed.clear().limit((int) Math.min(passed.capacity(), left));
                read(passed);
            }
        }

        @Override
        public void read(ByteBuffer buffer) {
            try {
                while (buffer.hasRemaining()) {
                    if (inflater.inflate(buffer) == 0) {
                        more();
                    }
                }
            } catch (DataFormatException e) {
                throw damaged();
            }
            buffer.flip();
        }

        private void more() {
            long left = region.offset() + region.length() - position;
            if (inflater.finished() || inflater.needsDictionary() || !inflater.needsInput() || left == 0) {
                throw damaged();
            }
            packed.clear().limit((int) Math.min(CHUNK, left));
            int length = packed.limit();
            file.read(position, packed);
            position += length;
            inflater.setInput(packed);
        }

        @Override
        public void close() {
            inflater.end();
        }
    }

    private CheckpointException damaged() {
        return file.problem("damaged: its entry " + name + " cannot be unpacked; download it again");
    }
}
