package org.elasticvision.train.distributed;

/** What BatchNorm's statistics in one process have to do with the images of the others. */
public enum BatchNormSharing {
    /** Each process has those of its own images; the first one's are measured and saved, as published. */
    FIRST_RANK,
    /** Each process has those of its own images; their means over all processes are measured and saved. */
    AVERAGED,
    /** A training forward normalises by the images of all processes together. */
    SYNCHRONISED
}
