package org.elasticvision.runtime.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * Remembers in a folder the SHA-256 of large files, by their path, size, time of last change and identity on the disk, as
 * make and git do: who writes other contents of the same size and sets the time back is not noticed. Any number of threads and
 * processes may use the folder at once.
 */
public final class FileHashes {
    /** A file that changed so recently could change again within the same tick of its clock. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;

    /**
     * Remembers in an existing folder.
     *
     * @param folder for what is remembered
     */
    public FileHashes(Path folder) {
        this.folder = folder;
    }

    /**
     * {@return the SHA-256 of a file, in lower-case hexadecimal, read from the file unless it is known}
     *
     * @param file the file
     * @throws ElasticVisionException if the file cannot be read
     * @throws IOException if it is gone
     */
    public String sha256(Path file) throws IOException {
        Path real = file.toRealPath();
        String stamp = stamp(real);
        Path memo = folder.resolve(new ContentHash()
                        .add(real.toString().getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, 32)
                + ".sha256");
        String known = read(memo, stamp);
        if (known != null) {
            return known;
        }
        String hash = ContentHash.ofFile(real);
        if (stamp.equals(stamp(real)) && isSettled(real)) {
            remember(memo, hash + " " + stamp);
        }
        return hash;
    }

    /** Where the folder can be written; what is not remembered is read again. */
    private static void remember(Path memo, String text) {
        try {
            AtomicFile.write(memo, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (ElasticVisionException e) {
            // the hash is right all the same
        }
    }

    private static String stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.size() + " " + attributes.lastModifiedTime().toInstant() + " " + attributes.fileKey();
    }

    private static boolean isSettled(Path file) throws IOException {
        Instant changed = Files.getLastModifiedTime(file).toInstant();
        return changed.plus(SETTLED).isBefore(Instant.now());
    }

    private static String read(Path memo, String stamp) {
        try {
            String[] parts = Files.readString(memo).split(" ", 2);
            return parts.length == 2
                            && parts[1].equals(stamp)
                            && SHA_256.matcher(parts[0]).matches()
                    ? parts[0]
                    : null;
        } catch (IOException e) {
            return null;
        }
    }
}
