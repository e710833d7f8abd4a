package org.elasticvision.convert.zoo.network;

import org.elasticvision.runtime.base.ElasticVisionException;

/** An input size that a network cannot take; the message says why and which it takes. */
public final class InputSizeException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     */
    public InputSizeException(String message) {
        super(message);
    }
}
