package org.elasticvision.convert.checkpoint.file;

import java.nio.file.Path;
import org.elasticvision.runtime.base.ElasticVisionException;

/** A checkpoint that cannot be used: damaged, cut off, of another kind, or one that wants to run code. */
public final class CheckpointException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 1000;

    /**
     * A file with a problem, in one line.
     *
     * @param file the checkpoint, which the message begins with
     * @param problem what is wrong and what to do; parts that come from the file may hold anything, so control
     *     characters and line breaks are replaced
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
        super(oneLine(file + ": " + problem), cause);
    }

    private static String oneLine(String message) {
        String shortened = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) + "…" : message;
        return shortened.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
