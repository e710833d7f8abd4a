package org.elasticvision.runtime.engine.onednn.natives;

/** In what numbers a plan computes what is not in 8 bits. */
public enum Precision {
    FP32,
    BF16,
    FP16
}
