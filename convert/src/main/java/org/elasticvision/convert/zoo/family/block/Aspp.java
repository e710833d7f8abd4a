package org.elasticvision.convert.zoo.family.block;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Shape;

/**
 * Atrous spatial pyramid pooling, the head of DeepLabV3 (Chen et al., 2017): a 1×1 convolution, 3×3 convolutions of several
 * dilations, and the image's average.
 */
public final class Aspp {
    private final String name;
    private final List<Conv2d> pyramid = new ArrayList<>();
    private final List<BatchNorm2d> norms = new ArrayList<>();
    private final Conv2d conv2;
    private final BatchNorm2d bn2;
    private final Conv2d conv3;

    /**
     * @param depth channels of each level
     * @param dilations of the 3×3 convolutions
     */
    public Aspp(LayerScope scope, int in, int depth, List<Integer> dilations, int classes) {
        name = scope.name();
        pyramid.add(scope.conv1x1("aspp1", in, depth));
        for (int dilation : dilations) {
            pyramid.add(scope.conv3x3("aspp" + (pyramid.size() + 1), in, depth, 1, dilation, 1));
        }
        pyramid.add(scope.conv1x1("aspp" + (pyramid.size() + 1), in, depth));
        for (int i = 1; i <= pyramid.size(); i++) {
            norms.add(scope.batchNorm("aspp" + i + "_bn", depth));
        }
        conv2 = scope.conv1x1("conv2", depth * pyramid.size(), depth);
        bn2 = scope.batchNorm("bn2", depth);
        conv3 = scope.conv1x1WithBias("conv3", depth, classes);
    }

    public <T> T forward(LayerOps<T> ops, T features) {
        return ops.block(name, features, x -> {
            Shape size = ops.shape(x);
            int last = pyramid.size() - 1;
            List<T> levels = new ArrayList<>();
            for (int i = 0; i < last; i++) {
                levels.add(level(ops, i, x));
            }
            T average = level(ops, last, ops.globalAvgPool2d(x));
            levels.add(ops.resizeAlignCorners(average, size.height(), size.width()));
            T fused = ops.relu(ops.batchNorm(bn2, ops.conv2d(conv2, ops.concat(levels))));
            return ops.conv2d(conv3, fused);
        });
    }

    private <T> T level(LayerOps<T> ops, int i, T x) {
        return ops.relu(ops.batchNorm(norms.get(i), ops.conv2d(pyramid.get(i), x)));
    }
}
