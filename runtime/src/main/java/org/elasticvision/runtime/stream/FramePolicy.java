package org.elasticvision.runtime.stream;

/** What becomes of the frames that come while the model is busy. */
public enum FramePolicy {
    /** Each is answered; the source waits where it is faster than the model. For files. */
    EVERY_FRAME,
    /** The newest is answered; those that it replaces are dropped and counted. For cameras. */
    NEWEST_FRAME
}
