package org.elasticvision.convert.zoo.family;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.convert.zoo.LayerOps;
import org.elasticvision.convert.zoo.Shape;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.LayerScope;

/** Atrous spatial pyramid pooling, the head of DeepLabV3 (Chen et al., 2017): four dilations and the image's average. */
final class Aspp {
    private static final int DEPTH = 256;

    private final String name;
    private final List<Conv2d> pyramid = new ArrayList<>();
    private final List<BatchNorm2d> norms = new ArrayList<>();
    private final Conv2d conv2;
    private final BatchNorm2d bn2;
    private final Conv2d conv3;

    Aspp(LayerScope scope, int in, int classes) {
        name = scope.name();
        pyramid.add(scope.conv1x1("aspp1", in, DEPTH));
        pyramid.add(scope.conv3x3("aspp2", in, DEPTH, 1, 6, 1));
        pyramid.add(scope.conv3x3("aspp3", in, DEPTH, 1, 12, 1));
        pyramid.add(scope.conv3x3("aspp4", in, DEPTH, 1, 18, 1));
        pyramid.add(scope.conv1x1("aspp5", in, DEPTH));
        for (int i = 1; i <= pyramid.size(); i++) {
            norms.add(scope.batchNorm("aspp" + i + "_bn", DEPTH));
        }
        conv2 = scope.conv1x1("conv2", DEPTH * pyramid.size(), DEPTH);
        bn2 = scope.batchNorm("bn2", DEPTH);
        conv3 = scope.conv1x1WithBias("conv3", DEPTH, classes);
    }

    <T> T forward(LayerOps<T> ops, T features) {
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
