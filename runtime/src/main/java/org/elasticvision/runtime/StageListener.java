package org.elasticvision.runtime;

/**
 * Hears how long the stages of a model's calls took. It is called by the thread that asked the model, before that gets its
 * answers, so by many at once where many ask; it should be quick. A call that fails is not heard of.
 *
 * @see ModelOptions#withStageListener
 */
@FunctionalInterface
public interface StageListener {
    /** Nobody listens: then nothing is measured. */
    StageListener NONE = times -> {};

    /**
     * One batch went through the network.
     *
     * @param times how long its stages took
     */
    void finished(StageTimes times);
}
