package org.elasticvision.train.recipe;

/**
 * An exponential moving average of weights and BatchNorm's statistics (EMA). After update t, counted from 1,
 *
 * <pre>average ← d(t) · average + (1 − d(t)) · weights</pre>
 *
 * with d(1) = 0, so that it begins with the weights after the first update, and d(t) = {@code decay} from then on; with {@code warmup}
 * d(t) = min(decay, 1 − t<sup>−2/3</sup>). That is {@code ModelEmaV3} of timm with its defaults (warmup_gamma 1, warmup_power 2/3), and
 * without {@code warmup} {@code AveragedModel} of {@code torch.optim.swa_utils} with {@code get_ema_multi_avg_fn} and {@code
 * use_buffers}. Step counters of BatchNorm are taken over as they are.
 *
 * @param decay above 0 and below 1, such as 0.9999
 * @param warmup whether the average follows faster at first
 */
public record MovingAverage(double decay, boolean warmup) {
    private static final double POWER = -2.0 / 3;

    public MovingAverage {
        if (!(decay > 0 && decay < 1)) {
            throw new IllegalArgumentException("EMA decay " + decay + " must be above 0 and below 1");
        }
    }

    /**
     * {@return what is kept of the average at an update}
     *
     * @param update of the run, from 1
     */
    public double decay(long update) {
        if (update <= 1) {
            return 0;
        }
        return warmup ? Math.min(decay, 1 - Math.pow((double) update, POWER)) : decay;
    }

    /** Such as {@code 0.9999} or {@code 0.9999 with warm-up}. */
    @Override
    public String toString() {
        return decay + (warmup ? " with warm-up" : "");
    }
}
