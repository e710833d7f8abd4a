package org.elasticvision.convert.zoo.family.block;

import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.ops.LayerOps;

/** A 1×1 convolution and its normalisation, numbered 0 and 1 in the state dict: what fits a shortcut to its block. */
public record Projection(Conv2d conv, BatchNorm2d norm) {
    public Projection(LayerScope scope, int in, int out, int stride) {
        this(scope.conv2d("0", in, out, 1, stride, 0), scope.batchNorm("1", out));
    }

    public <T> T forward(LayerOps<T> ops, T x) {
        return ops.batchNorm(norm, ops.conv2d(conv, x));
    }
}
