package org.elasticvision.train.run;

import org.elasticvision.runtime.base.ElasticVisionException;

/** The loss is NaN or infinite: training has diverged. */
public final class DivergedException extends ElasticVisionException {
    private static final long serialVersionUID = 1;

    DivergedException(double loss, int epoch, long update, double learningRate) {
        super("the loss is " + loss + " in epoch " + epoch + ", update " + update + ", at a learning rate of "
                + learningRate + "; go back to the last checkpoint or start again with a lower --lr, or with --warmup");
    }
}
