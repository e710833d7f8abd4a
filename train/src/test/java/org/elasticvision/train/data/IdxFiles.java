package org.elasticvision.train.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes IDX files, whole and broken. */
final class IdxFiles {
    private IdxFiles() {}

    /** Both files of a part: picture i is drawn with number i and of class i % 10. */
    static void write(Path folder, String part, String separator, String ending, int count, int height, int width) {
        byte[] levels = new byte[count * height * width];
        byte[] classes = new byte[count];
        for (int i = 0; i < count; i++) {
            byte[] rgb = Pictures.picture(width, height, i).pixels();
            for (int p = 0; p < height * width; p++) {
                levels[i * height * width + p] = rgb[3 * p];
            }
            classes[i] = (byte) (i % 10);
        }
        write(
                folder.resolve(part + "-images" + separator + "idx3-ubyte" + ending),
                encode(levels, count, height, width));
        write(folder.resolve(part + "-labels" + separator + "idx1-ubyte" + ending), encode(classes, count));
    }

    static byte[] encode(byte[] values, int... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
        bytes.putInt(8 << 8 | dimensions.length);
        for (int dimension : dimensions) {
            bytes.putInt(dimension);
        }
        return bytes.put(values).array();
    }

    /** Compressed if the name says so. */
    static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, file.toString().endsWith(".gz") ? zip(bytes) : bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] zip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }
}
