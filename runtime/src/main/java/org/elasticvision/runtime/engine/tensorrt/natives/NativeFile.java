package org.elasticvision.runtime.engine.tensorrt.natives;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.runtime.base.ModelException;

/** A file's contents outside the Java heap. Not mapped: a file that shrinks meanwhile would crash the JVM. */
final class NativeFile implements Owner.Closing {
    private static final int CHUNK = 1 << 30;

    private final Pointer address;

    NativeFile(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = Files.size(file);
            address = Pointer.malloc(size);
            if (address == null || address.isNull()) {
                throw new ModelException(file + ": not enough memory for its " + size + " bytes");
            }
            address.capacity(size);
            read(channel, size);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read; check the path and its permissions", e);
        }
    }

    private void read(FileChannel channel, long size) throws IOException {
        try {
            for (long from = 0; from < size; from += CHUNK) {
                ByteBuffer part = new Pointer(address)
                        .position(from)
                        .limit(Math.min(from + CHUNK, size))
                        .asByteBuffer();
                while (part.hasRemaining()) {
                    if (channel.read(part) < 0) {
                        throw new EOFException("the file has become shorter");
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Its capacity is the file's size. */
    Pointer address() {
        return address;
    }

    @Override
    public void close() {
        Pointer.free(address);
        address.setNull();
    }
}
