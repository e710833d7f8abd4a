package org.elasticvision.convert.checkpoint.file;

import java.nio.file.Path;
import org.elasticvision.runtime.base.ElasticVisionException;

/** A checkpoint that cannot be used: damaged, cut off, of another kind, or one that wants to run code. */
public final class CheckpointException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;

    /**
     * A file with a problem, in one line.
     *
     * @param file the checkpoint, which the message begins with
     * @param problem what is wrong and what to do
     */
    public CheckpointException(Path file, String problem) {
        this(file, problem, null);
    }

    /**
     * A file with a problem.
     *
     * @param file the checkpoint
     * @param problem what is wrong and what to do
     * @param cause what it came from
     */
    public CheckpointException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
