package org.elasticvision.convert.quantize;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.elasticvision.runtime.ElasticVisionException;

/** The SHA-256 of numbers and of files' contents. */
final class ContentHash {
    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest;

    ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    ContentHash add(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        return this;
    }

    /** Adds a file's length and contents. */
    ContentHash add(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            add(Files.size(file));
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return this;
        } catch (IOException e) {
            throw new ElasticVisionException(file + ": cannot be read; check the path and its permissions", e);
        }
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
