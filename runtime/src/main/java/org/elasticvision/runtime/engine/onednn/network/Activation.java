package org.elasticvision.runtime.engine.onednn.network;

/** What is done to each number of a step's result. */
public enum Activation {
    NONE,
    RELU,
    SIGMOID
}
