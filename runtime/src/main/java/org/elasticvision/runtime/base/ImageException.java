package org.elasticvision.runtime.base;

/** An image that cannot be used: not an image, cut off, or absurdly large. */
public class ImageException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     */
    public ImageException(String message) {
        super(message);
    }

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     * @param cause what it came from
     */
    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
