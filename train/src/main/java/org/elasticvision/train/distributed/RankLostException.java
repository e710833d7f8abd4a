package org.elasticvision.train.distributed;

import org.elasticvision.runtime.base.ElasticVisionException;

/** Another process of the run has ended, or does not answer. What it has not told of its gradients is lost. */
public final class RankLostException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;

    /**
     * Says which one.
     *
     * @param message in one line
     * @param cause what showed it
     */
    public RankLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
