package org.elasticvision.runtime;

/** An image that cannot be used: not an image, cut off, or absurdly large. */
public class ImageException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;

    public ImageException(String message) {
        super(message);
    }

    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
