package org.elasticvision.runtime.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A reader of files, called as the commands and the API call it, to be given any bytes.
 *
 * @param name of the target, and of the folder with its corpus
 * @param file what the bytes are written into, a path in the folder that the reader works in
 * @param beside what else is in that folder, by path
 * @param refusal what the reader says that it throws
 * @param seeds that a fuzzer begins with
 * @param reader what is tried
 */
public record FuzzTarget(
        String name,
        String file,
        Map<String, byte[]> beside,
        Class<? extends RuntimeException> refusal,
        Seeds seeds,
        Reader reader) {

    /** A target whose file is all that it reads. */
    public FuzzTarget(String name, String file, Class<? extends RuntimeException> refusal, Seeds seeds, Reader reader) {
        this(name, file, Map.of(), refusal, seeds, reader);
    }

    /** Makes small files that the reader takes. */
    @FunctionalInterface
    public interface Seeds {
        /** The files' bytes; what is made in the folder is deleted afterwards. */
        List<byte[]> make(Path folder) throws IOException;
    }

    /** Reads a file with all that belongs to it. */
    @FunctionalInterface
    public interface Reader {
        /** What it writes into the file's folder where all goes well it deletes itself. */
        void read(Path file) throws IOException;
    }
}
