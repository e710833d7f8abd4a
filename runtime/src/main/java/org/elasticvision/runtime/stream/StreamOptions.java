package org.elasticvision.runtime.stream;

import java.util.Objects;
import org.elasticvision.runtime.base.Check;

/**
 * How a stream runs. Start from {@link #everyFrame()} or {@link #newestFrame()}.
 *
 * @param policy what becomes of frames that come while the model is busy
 * @param lanes threads that each decode, preprocess and run the network: with 2, one prepares the next frame while the other
 *     is in the network. More where the model was opened with one thread for each call
 * @param waiting how many frames may wait for a lane under {@link FramePolicy#EVERY_FRAME}, at least one batch; under
 *     {@link FramePolicy#NEWEST_FRAME} it is always one batch
 */
public record StreamOptions(FramePolicy policy, int lanes, int waiting) {
    private static final int MOST_LANES = 1024;
    private static final int MOST_WAITING = 1 << 20;
    private static final int FEW_LANES = 2;
    private static final int FEW_WAITING = 4;

    public StreamOptions {
        Objects.requireNonNull(policy, "policy");
        Check.between("lanes", lanes, 1, MOST_LANES);
        Check.between("waiting", waiting, 1, MOST_WAITING);
    }

    /**
     * Every frame, two lanes, four frames waiting.
     *
     * @return the options
     */
    public static StreamOptions everyFrame() {
        return new StreamOptions(FramePolicy.EVERY_FRAME, FEW_LANES, FEW_WAITING);
    }

    /**
     * The newest frame, two lanes. One lane gives fresher answers, but fewer of them.
     *
     * @return the options
     */
    public static StreamOptions newestFrame() {
        return new StreamOptions(FramePolicy.NEWEST_FRAME, FEW_LANES, 1);
    }

    /**
     * {@return these options with another {@link #lanes() lanes}}
     *
     * @param number in place of the present one
     */
    public StreamOptions withLanes(int number) {
        return new StreamOptions(policy, number, waiting);
    }

    /**
     * {@return these options with another {@link #waiting() waiting}}
     *
     * @param frames in place of the present one
     */
    public StreamOptions withWaiting(int frames) {
        return new StreamOptions(policy, lanes, frames);
    }

    FrameQueue queue(int batch) {
        return new FrameQueue(policy, policy == FramePolicy.NEWEST_FRAME ? batch : Math.max(batch, waiting));
    }
}
