package org.elasticvision.train.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * Keeps a run's folder to one process: two that train in it would each replace the other's checkpoints. It is a lock of the operating system on the
 * file {@code .lock}, so that it ends with its process, however that ends; a file that a killed one left behind locks nothing. Where the file
 * system has no locks, there is none.
 */
final class RunLock implements AutoCloseable {
    private static final String NAME = ".lock";
    /** The longest mark. */
    private static final int MARK = 1 << 16;
    /** Between opening the file and locking it another process may have deleted it; more than once is chance enough. */
    private static final int ATTEMPTS = 5;

    /** The folders that this process has: POSIX takes a lock away from a process that opens the file a second time and closes it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path file;
    private final FileChannel channel;

    private RunLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
        this.channel = channel;
    }

    /**
     * Locks a folder.
     *
     * @param folder of a run, which is there
     * @return the lock; empty where there cannot be one
     * @throws ElasticVisionException if another process trains in it, or another run of this one
     */
    static Optional<RunLock> of(Path folder) {
        boolean held = false;
        Path real = null;
        try {
            Path found = folder.toRealPath();
            if (!HELD.add(found)) {
                throw taken(folder);
            }
            real = found;
            Optional<RunLock> lock = lock(folder, real);
            held = lock.isPresent();
            return lock;
        } catch (IOException e) {
            return Optional.empty(); // a disk without room or rights, which the checkpoint will say; or no locks on it
        } finally {
            if (real != null && !held) {
                HELD.remove(real);
            }
        }
    }

    private static Optional<RunLock> lock(Path folder, Path real) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            FileChannel channel =
                    FileChannel.open(real.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean held = false;
            try {
                if (channel.tryLock() == null) {
                    throw taken(folder);
                }
                RunLock lock = new RunLock(real, channel);
                held = lock.isNamed();
                if (held) {
                    return Optional.of(lock);
                }
            } finally {
                if (!held) {
                    channel.close();
                }
            }
        }
        return Optional.empty();
    }

    private static ElasticVisionException taken(Path folder) {
        return new ElasticVisionException(
                folder + ": another run trains in this folder; wait until it has ended, or give another folder");
    }

    /** Whether the name is still that of the file that is locked, which who had the lock before may have deleted; the size is the mark. */
    private boolean isNamed() throws IOException {
        int size = 1 + ThreadLocalRandom.current().nextInt(MARK);
        channel.truncate(0).write(ByteBuffer.wrap(new byte[1]), size - 1L);
        return Files.exists(file) && Files.size(file) == size;
    }

    /** Gives the folder back, and leaves nothing in it. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // What stays locks nothing, as with a process that was killed.
        } finally {
            HELD.remove(folder);
        }
    }
}
