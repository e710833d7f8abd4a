package org.elasticvision.convert.zoo.family.resnext;

import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.ops.LayerOps;

/** Squeeze and excitation (Hu et al., CVPR 2018): channels weighted by what the whole image looks like. */
final class SqueezeExcitation {
    private static final int REDUCTION = 16;

    private final Conv2d conv1;
    private final Conv2d conv2;

    SqueezeExcitation(LayerScope scope, int channels) {
        conv1 = scope.conv1x1WithBias("conv1", channels, channels / REDUCTION);
        conv2 = scope.conv1x1WithBias("conv2", channels / REDUCTION, channels);
    }

    <T> T forward(LayerOps<T> ops, T x) {
        T squeezed = ops.relu(ops.conv2d(conv1, ops.globalAvgPool2d(x)));
        return ops.scaleChannels(x, ops.sigmoid(ops.conv2d(conv2, squeezed)));
    }
}
