package org.elasticvision.runtime.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files as editors write them. */
public final class TextFiles {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    /** Of a pipe or a device, which may have no end. */
    private static final int MOST_BYTES = 64 << 20;

    private TextFiles() {}

    /**
     * {@return the text of a file in UTF-8, or in UTF-16 where a byte order mark says so (which PowerShell writes), without
     * the mark}
     *
     * @param file the file
     * @throws CharacterCodingException if it is not such text
     * @throws IOException if it cannot be read
     */
    public static String read(Path file) throws IOException {
        byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : bounded(file);
        String text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static byte[] bounded(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it is a device or a pipe, and has not ended after 64 MB");
            }
            return bytes;
        }
    }

    private static Charset charset(byte[] bytes) {
        if (bytes.length >= 2) {
            int first = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
            if (first == BYTE_ORDER_MARK) {
                return StandardCharsets.UTF_16BE;
            }
            if (first == Character.reverseBytes((char) BYTE_ORDER_MARK)) {
                return StandardCharsets.UTF_16LE;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
