package org.elasticvision.runtime.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.elasticvision.runtime.base.ElasticVisionException;

/** The SHA-256 of numbers and of files' contents, added one after the other. For one thread. */
public final class ContentHash {
    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest;

    /** Starts with nothing. */
    public ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Adds a number.
     *
     * @param number added as 8 bytes
     * @return this
     */
    public ContentHash add(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        return this;
    }

    /**
     * Adds bytes and their number.
     *
     * @param bytes added as they are
     * @return this
     */
    public ContentHash add(byte[] bytes) {
        add(bytes.length);
        digest.update(bytes);
        return this;
    }

    /**
     * Adds a file's length and contents.
     *
     * @param file the file
     * @return this
     * @throws ElasticVisionException if it cannot be read
     */
    public ContentHash add(Path file) {
        try {
            return add(Files.size(file)).addContents(file);
        } catch (IOException e) {
            throw new ElasticVisionException(file + ": cannot be read; check the path and its permissions", e);
        }
    }

    /**
     * {@return the SHA-256 of a file, as {@code sha256sum} prints it}
     *
     * @param file the file
     * @throws ElasticVisionException if it cannot be read
     */
    public static String ofFile(Path file) {
        try {
            return new ContentHash().addContents(file).hex();
        } catch (IOException e) {
            throw new ElasticVisionException(file + ": cannot be read; check the path and its permissions", e);
        }
    }

    private ContentHash addContents(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return this;
    }

    /** {@return the hash of all that was added, in lower-case hexadecimal; afterwards nothing is} */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
