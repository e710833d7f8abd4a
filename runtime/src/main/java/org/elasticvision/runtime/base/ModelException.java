package org.elasticvision.runtime.base;

/** A model file that cannot be opened or run: damaged, of another task, without the metadata that says how to use it. */
public class ModelException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     */
    public ModelException(String message) {
        super(message);
    }

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     * @param cause what it came from
     */
    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
