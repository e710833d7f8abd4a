package org.elasticvision.runtime.base;

/**
 * Something that the person who runs the program can mend: a damaged file, a model of the wrong kind, an impossible size.
 *
 * <p>The message is one sentence that names the thing, says what is wrong with it and what to do. The command line prints
 * it alone; everything else that is thrown counts as a defect of this library.
 */
public class ElasticVisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     */
    public ElasticVisionException(String message) {
        super(message);
    }

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     * @param cause what it came from
     */
    public ElasticVisionException(String message, Throwable cause) {
        super(message, cause);
    }
}
