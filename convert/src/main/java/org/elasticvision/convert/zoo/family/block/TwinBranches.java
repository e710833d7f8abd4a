package org.elasticvision.convert.zoo.family.block;

import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Shape;

/**
 * Two bottlenecks side by side whose outputs are summed and normalised once: the body of the published ResNeXt block and of
 * the Elastic DLA block. Where the block is elastic, the branch with suffix {@code _d} works at half the resolution.
 *
 * <p>Source: {@code models/dla.py}, {@code BottleneckXElastic}; {@code models/resnext.py} has the same body.
 */
public final class TwinBranches {
    private final boolean elastic;
    private final Branch low;
    private final Branch high;
    private final BatchNorm2d bn3;

    /**
     * @param width channels inside each branch
     * @param groups of each branch's 3×3 convolution
     */
    public TwinBranches(
            LayerScope scope, int in, int width, int out, int groups, int stride, int dilation, boolean elastic) {
        this.elastic = elastic;
        this.low = new Branch(scope, "_d", in, width, out, groups, stride, dilation);
        this.high = new Branch(scope, "", in, width, out, groups, stride, dilation);
        this.bn3 = scope.batchNorm("bn3", out);
    }

    public <T> T forward(LayerOps<T> ops, T x) {
        Shape size = ops.shape(x);
        T lowOut = elastic ? Elastic.up(ops, low.forward(ops, Elastic.down(ops, x)), size) : low.forward(ops, x);
        return ops.batchNorm(bn3, ops.add(high.forward(ops, x), lowOut));
    }

    /** 1×1, grouped 3×3, 1×1. */
    private static final class Branch {
        private final Conv2d conv1;
        private final BatchNorm2d bn1;
        private final Conv2d conv2;
        private final BatchNorm2d bn2;
        private final Conv2d conv3;

        Branch(LayerScope scope, String suffix, int in, int width, int out, int groups, int stride, int dilation) {
            conv1 = scope.conv1x1("conv1" + suffix, in, width);
            bn1 = scope.batchNorm("bn1" + suffix, width);
            conv2 = scope.conv3x3("conv2" + suffix, width, width, stride, dilation, groups);
            bn2 = scope.batchNorm("bn2" + suffix, width);
            conv3 = scope.conv1x1("conv3" + suffix, width, out);
        }

        <T> T forward(LayerOps<T> ops, T x) {
            T hidden = ops.relu(ops.batchNorm(bn1, ops.conv2d(conv1, x)));
            hidden = ops.relu(ops.batchNorm(bn2, ops.conv2d(conv2, hidden)));
            return ops.conv2d(conv3, hidden);
        }
    }
}
