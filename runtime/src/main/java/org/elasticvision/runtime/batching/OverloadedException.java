package org.elasticvision.runtime.batching;

import org.elasticvision.runtime.base.ElasticVisionException;

/** So many images wait already that another one is refused. A server answers 503 and asks to try again. */
public final class OverloadedException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     */
    public OverloadedException(String message) {
        super(message);
    }
}
