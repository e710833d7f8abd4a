package org.elasticvision.convert.zoo.layer;

import java.util.List;

/** A layer with weights. Its {@link #name()} is the prefix of its keys in the state dict. */
public sealed interface Layer permits Conv2d, ConvTranspose2d, BatchNorm2d, Linear {
    String name();

    /** Its tensors, in the order of the state dict. */
    List<TensorSpec> tensors();

    /** The key of its weight. */
    default String weight() {
        return name() + ".weight";
    }

    /** The key of its bias, whether it has one or not. */
    default String bias() {
        return name() + ".bias";
    }
}
