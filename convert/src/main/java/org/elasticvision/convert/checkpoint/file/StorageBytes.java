package org.elasticvision.convert.checkpoint.file;

import java.nio.ByteBuffer;

/** The bytes of a storage, wherever in the file and however they are kept. Thread-safe. */
public interface StorageBytes {
    /**
     * Begins to read.
     *
     * @param first the byte to begin at, at most the storage's length
     * @throws CheckpointException if the storage is known to be damaged
     */
    Reader open(long first);

    /** Reads on from where it stopped. Not thread-safe. */
    interface Reader extends AutoCloseable {
        /**
         * Fills the buffer from its position to its limit and flips it. The caller has checked that there is so much.
         *
         * @throws CheckpointException if the file cannot be read, or is damaged
         */
        void read(ByteBuffer buffer);

        @Override
        default void close() {}
    }

    /** Those that lie in the file as they are. */
    static StorageBytes in(CheckpointFile file, Region region) {
        return first -> new Reader() {
            private long position = region.offset() + first;

            @Override
            public void read(ByteBuffer buffer) {
                int length = buffer.remaining();
                file.read(position, buffer);
                position += length;
            }
        };
    }
}
