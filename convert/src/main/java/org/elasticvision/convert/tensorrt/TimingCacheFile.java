package org.elasticvision.convert.tensorrt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.UserCache;

/**
 * Where TensorRT's measurements are kept from build to build. It only saves time: one that cannot be read is as good as none,
 * and one that cannot be written does not spoil a build.
 */
final class TimingCacheFile {
    private static final long LARGEST = 512 << 20;

    private final Path file;
    private byte[] known = new byte[0];

    private TimingCacheFile(Path file) {
        this.file = file;
    }

    /**
     * The file that was given, else the user's.
     *
     * @throws ElasticVisionException if the given one could never be written: minutes later would be too late to say so
     */
    static TimingCacheFile of(Optional<Path> given) {
        given.ifPresent(TimingCacheFile::requireFolder);
        return new TimingCacheFile(given.orElseGet(TimingCacheFile::ofUser));
    }

    static Path ofUser() {
        return UserCache.folder("tensorrt").resolve("timing.cache");
    }

    private static void requireFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
            throw new ElasticVisionException(
                    "the timing cache " + file + " must be a file in a folder that exists; name another");
        }
    }

    Path file() {
        return file;
    }

    /** What was kept; empty where there is nothing. */
    byte[] read() {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
                known = Files.readAllBytes(file);
            }
        } catch (IOException e) {
            known = new byte[0]; // everything is measured again
        }
        return known.clone();
    }

    /**
     * Keeps measurements, whole or not at all.
     *
     * @return why they could not be kept
     */
    Optional<String> write(byte[] measured) {
        if (measured.length == 0 || Arrays.equals(measured, known)) {
            return Optional.empty();
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            AtomicFile.write(file, out -> out.write(measured));
            return Optional.empty();
        } catch (IOException | ElasticVisionException e) {
            return Optional.of("what TensorRT measured is not kept for the next build: " + e.getMessage());
        }
    }
}
