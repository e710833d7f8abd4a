package org.elasticvision.train.torch;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** What networks are computed in. */
public enum Precision {
    FLOAT32(ScalarType.Float),
    FLOAT64(ScalarType.Double);

    private final ScalarType type;

    Precision(ScalarType type) {
        this.type = type;
    }

    ScalarType type() {
        return type;
    }
}
