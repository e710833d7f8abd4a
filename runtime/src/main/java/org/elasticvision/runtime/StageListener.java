package org.elasticvision.runtime;

/**
 * Receives how long the stages of a model's calls took. It is called on the thread that asked the model, before it gets its
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
