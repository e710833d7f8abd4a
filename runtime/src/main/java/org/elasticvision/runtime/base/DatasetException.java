package org.elasticvision.runtime.base;

/** A data set whose layout, annotations or masks are not what the task expects. */
public class DatasetException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     */
    public DatasetException(String message) {
        super(message);
    }

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     * @param cause what it came from
     */
    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
