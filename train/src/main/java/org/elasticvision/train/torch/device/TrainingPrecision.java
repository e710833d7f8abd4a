package org.elasticvision.train.torch.device;

import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What networks are computed in. Parameters, gradients and BatchNorm statistics are float32 but for {@link #FLOAT64}. */
public enum TrainingPrecision {
    /** 32 bits throughout. */
    FLOAT32(ScalarType.Float, null),
    /** To compare with a reference. */
    FLOAT64(ScalarType.Double, null),
    /** Convolutions and matrix products in bfloat16 (autocast). Slow on processors without instructions for it. */
    BFLOAT16(ScalarType.Float, ScalarType.BFloat16),
    /** Convolutions and matrix products in float16 (autocast), with loss scaling: for GPUs. */
    FLOAT16(ScalarType.Float, ScalarType.Half);

    private final ScalarType type;
    private final ScalarType autocast;

    TrainingPrecision(ScalarType type, ScalarType autocast) {
        this.type = type;
        this.autocast = autocast;
    }

    /** What parameters are kept in. */
    public ScalarType type() {
        return type;
    }

    /** What autocast turns the inputs of convolutions and matrix products into. */
    public Optional<ScalarType> autocast() {
        return Optional.ofNullable(autocast);
    }

    /** {@return whether a device computes in it: processors do not in float16} */
    public boolean runsOn(TorchDevice device) {
        return this != FLOAT16 || device.cuda();
    }

    /** Whether small gradients would vanish without loss scaling. */
    public boolean scalesLoss() {
        return this == FLOAT16;
    }
}
