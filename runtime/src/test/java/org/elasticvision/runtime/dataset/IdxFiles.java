package org.elasticvision.runtime.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes IDX files, whole and broken. */
public final class IdxFiles {
    private IdxFiles() {}

    /** Both files of a part: picture i is of class i % 10. */
    public static void write(
            Path folder, String part, String separator, String ending, int count, int height, int width) {
        byte[] levels = new byte[count * height * width];
        byte[] classes = new byte[count];
        for (int i = 0; i < count; i++) {
            for (int p = 0; p < height * width; p++) {
                levels[i * height * width + p] = level(i, p);
            }
            classes[i] = (byte) (i % 10);
        }
        write(
                folder.resolve(part + "-images" + separator + "idx3-ubyte" + ending),
                encode(levels, count, height, width));
        write(folder.resolve(part + "-labels" + separator + "idx1-ubyte" + ending), encode(classes, count));
    }

    /** What picture i has at a place. */
    static byte level(int i, int place) {
        return (byte) (31 * i + 7 * place);
    }

    public static byte[] encode(byte[] values, int... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
        bytes.putInt(8 << 8 | dimensions.length);
        for (int dimension : dimensions) {
            bytes.putInt(dimension);
        }
        return bytes.put(values).array();
    }

    /** Compressed if the name says so. */
    public static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, file.toString().endsWith(".gz") ? zip(bytes) : bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] zip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }
}
