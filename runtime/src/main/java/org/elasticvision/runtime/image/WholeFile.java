package org.elasticvision.runtime.image;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.elasticvision.runtime.ImageException;

/** Writes a file whole or not at all: a crash leaves the old one or none. */
final class WholeFile {
    private WholeFile() {}

    static void write(byte[] bytes, Path file) {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target) || !Files.isDirectory(target.getParent())) {
            throw new ImageException(file + ": cannot be written: "
                    + (Files.isDirectory(target) ? "it is a folder" : "there is no folder " + target.getParent())
                    + "; give another path");
        }
        Path unfinished = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try {
                Files.write(unfinished, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                move(unfinished, target);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new ImageException(
                    file + ": cannot be written (" + e.getClass().getSimpleName()
                            + "); check the folder's permissions and the free space",
                    e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
