package org.elasticvision.convert.zoo.family.densenet;

import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.zoo.family.block.Elastic;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Shape;

/**
 * A dense layer: from all features so far to {@link #GROWTH} new ones through a bottleneck; elastic ones through two
 * bottlenecks of half the width, one of which works at half the resolution.
 *
 * <p>Source: {@code models/densenet.py}, {@code _DenseLayer} and {@code _DenseLayerElastic}, which asks whether the size is 7
 * to leave the last dense block at its resolution.
 */
final class DenseLayer {
    static final int GROWTH = 32;
    private static final int BOTTLENECK = 4 * GROWTH;
    private static final int SIZE_WITHOUT_ELASTIC = 7;

    private final String name;
    private final Optional<Low> low;
    private final BatchNorm2d norm1;
    private final Conv2d conv1;
    private final BatchNorm2d norm2;
    private final Conv2d conv2;

    DenseLayer(LayerScope scope, int in, boolean elastic) {
        name = scope.name();
        int width = elastic ? BOTTLENECK / 2 : BOTTLENECK;
        low = elastic ? Optional.of(new Low(scope, in, width)) : Optional.empty();
        norm1 = scope.batchNorm("norm1", in);
        conv1 = scope.conv1x1("conv1", in, width);
        norm2 = scope.batchNorm("norm2", width);
        conv2 = scope.conv3x3("conv2", width, GROWTH, 1, 1, 1);
    }

    /** The new features for all features so far. */
    <T> T forward(LayerOps<T> ops, List<T> features) {
        return ops.block(name, features, inputs -> {
            T all = inputs.size() == 1 ? inputs.get(0) : ops.concat(inputs);
            T activated = ops.relu(ops.batchNorm(norm1, all));
            T high = ops.conv2d(conv2, ops.relu(ops.batchNorm(norm2, ops.conv2d(conv1, activated))));
            return low.map(branch -> ops.add(high, branch.forward(ops, activated)))
                    .orElse(high);
        });
    }

    /** The bottleneck at half the resolution. */
    private record Low(Conv2d conv1, BatchNorm2d norm2, Conv2d conv2) {
        Low(LayerScope scope, int in, int width) {
            this(
                    scope.conv1x1("conv1_d", in, width),
                    scope.batchNorm("norm2_d", width),
                    scope.conv3x3("conv2_d", width, GROWTH, 1, 1, 1));
        }

        <T> T forward(LayerOps<T> ops, T x) {
            Shape size = ops.shape(x);
            boolean elastic = size.height() != SIZE_WITHOUT_ELASTIC;
            T in = elastic ? Elastic.down(ops, x) : x;
            T out = ops.conv2d(conv2, ops.relu(ops.batchNorm(norm2, ops.conv2d(conv1, in))));
            return elastic ? ops.uncounted(() -> Elastic.up(ops, out, size)) : out;
        }
    }
}
