package org.elasticvision.runtime.doctor.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;

/** A folder that has to be written to; it may not exist yet. */
record WritableFolder(Path folder) {
    /** Less holds nothing worth keeping. */
    private static final long TOO_LITTLE = 64 * Bytes.MEGA;

    /** LibTorch unpacks half of that, with CUDA all of it. */
    private static final long PLENTY = Bytes.GIGA;

    /**
     * Tries it.
     *
     * @param otherwise what it is if it cannot be written to
     */
    Finding finding(String name, Health otherwise, String remedy) {
        try {
            Path there = existing();
            if (!canWrite(there)) {
                return wrong(name, otherwise, "cannot be written to", remedy);
            }
            long free = Files.getFileStore(there).getUsableSpace();
            String space = Bytes.text(free) + " free";
            if (free < TOO_LITTLE) {
                return wrong(name, otherwise, "is full: " + space, "make room on that disk, or " + remedy);
            }
            return Finding.ok(name)
                    .withDetail(folder + ", " + space
                            + (free < PLENTY ? ", which is little: LibTorch unpacks half a gigabyte" : ""));
        } catch (IOException e) {
            return wrong(name, otherwise, "cannot be written to (" + e + ")", remedy);
        }
    }

    private Finding wrong(String name, Health health, String what, String remedy) {
        return new Finding(name, health, Optional.empty(), Optional.of(folder + " " + what), Optional.of(remedy));
    }

    /** The folder, or the nearest above it that is there. */
    private Path existing() {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private boolean canWrite(Path there) throws IOException {
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            return false;
        }
        if (there.equals(folder.toAbsolutePath())) { // really, where that leaves no trace
            Files.delete(Files.createTempFile(there, ".elastic-doctor", ".tmp"));
        }
        return true;
    }
}
