package org.elasticvision.runtime.io.sealed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.io.FileHashes;

/**
 * What an engine has made of models for this processor, in a folder; found by the models' contents. Any number of threads and processes
 * may use it at once.
 */
public final class MadeOfModels {
    /** More cannot be mapped by Java in one piece; the rest is for what the engine adds. */
    private static final long MOST_MODEL_BYTES = Integer.MAX_VALUE - (64L << 20);

    private final Path folder;
    private final FileHashes hashes;
    private final SealedFiles kept;

    /**
     * @param folder is created when the first file is
     * @param suffix how the files' names end, such as {@code .ort}
     */
    public MadeOfModels(Path folder, String suffix) {
        this.folder = folder;
        this.hashes = new FileHashes(folder);
        this.kept = new SealedFiles(folder, suffix);
    }

    /**
     * Finds under which name something is kept. Creates the folder.
     *
     * @param files of the model, those with the weights too
     * @param madeBy what else it depends on, such as the version of a library
     * @return empty where nothing is kept: the model is too large, or the processor is not known
     * @throws IOException if a file cannot be read
     */
    public Optional<String> name(List<Path> files, String... madeBy) throws IOException {
        CpuFeatures cpu = CpuFeatures.current();
        if (!cpu.isKnown() || bytes(files) > MOST_MODEL_BYTES) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        StringBuilder sums = new StringBuilder();
        for (Path file : files) {
            sums.append(hashes.sha256(file)).append(' ');
        }
        String parts = String.join(
                "\n",
                String.join("\n", madeBy),
                sums.toString(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                cpu.model().orElse(""),
                cpu.all().toString());
        return Optional.of(new ContentHash()
                .add(parts.getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 32));
    }

    private static long bytes(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /**
     * {@return what is kept, mapped into memory; empty where it is missing or damaged}
     *
     * @param name as {@link #name} gives it
     * @throws IOException if it cannot be read
     */
    public Optional<ByteBuffer> map(String name) throws IOException {
        return kept.map(name);
    }

    /**
     * Makes a file and keeps it, if its maker wants that.
     *
     * @param <E> what making it throws
     * @param name as {@link #name} gives it
     * @param maker writes it
     * @return whether it was kept
     * @throws IOException if it cannot be written
     * @throws E what making it throws
     */
    public <E extends Exception> boolean make(String name, SealedFiles.Maker<E> maker) throws IOException, E {
        return kept.make(name, maker);
    }

    /**
     * Notes that a file was used, so that it is not the next to be deleted.
     *
     * @param name as {@link #name} gives it
     */
    public void markAsUsed(String name) {
        kept.markAsUsed(name);
    }

    /**
     * Deletes a file that is of no use.
     *
     * @param name as {@link #name} gives it
     * @throws IOException if it cannot be deleted
     */
    public void delete(String name) throws IOException {
        kept.delete(name);
    }
}
