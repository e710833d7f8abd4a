package org.elasticvision.runtime.io;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.draft.Drafts;
import org.elasticvision.runtime.io.draft.FileTree;

/**
 * A new folder inside the system's temporary folder, which goes with all that is in it when it is closed. What a killed process has left
 * there goes when the next one makes such a folder. For one thread.
 */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes one.
     *
     * @param purpose part of its name, for whoever finds it after a crash
     * @throws ElasticVisionException if there is no room or no permission
     */
    public static TemporaryFolder create(String purpose) {
        Path system = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        try {
            return new TemporaryFolder(
                    Files.createDirectory(Drafts.beside(system.resolve("elastic-" + purpose)), forOwnerAlone()));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static FileAttribute<?>[] forOwnerAlone() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0]; // the folder of a user of Windows is theirs
    }

    /** {@return what to say where the system's temporary folder takes nothing} */
    public static ElasticVisionException unusable(IOException e) {
        return new ElasticVisionException(
                "nothing can be kept in the temporary folder " + System.getProperty("java.io.tmpdir")
                        + "; make room there, or name another folder with JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                e);
    }

    /** {@return where it is} */
    public Path path() {
        return path;
    }

    /** {@return the path of a file in it} */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** As far as it goes: what cannot be deleted is left to the system. */
    @Override
    public void close() {
        FileTree.delete(path);
    }
}
