package org.elasticvision.convert.zoo.layer;

import java.util.List;

/** A layer with weights. Its {@link #name()} is the prefix of its keys in the state dict. */
public sealed interface Layer permits Conv2d, ConvTranspose2d, BatchNorm2d, Linear {
    /** {@return the key that its tensors share, without a dot at its end} */
    String name();

    /** {@return its tensors, in the order of the state dict} */
    List<TensorSpec> tensors();

    /** {@return the key of its weight} */
    default String weight() {
        return name() + ".weight";
    }

    /** {@return the key of its bias, whether it has one or not} */
    default String bias() {
        return name() + ".bias";
    }
}
