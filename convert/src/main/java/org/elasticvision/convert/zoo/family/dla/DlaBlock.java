package org.elasticvision.convert.zoo.family.dla;

import java.util.List;
import org.elasticvision.convert.zoo.family.block.TwinBranches;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.ops.LayerOps;

/** A residual block at the leaves of a {@link DlaTree}. Its shortcut is made by the tree. */
interface DlaBlock {
    <T> T forward(LayerOps<T> ops, T x, T shortcut);

    /** Makes the blocks of a variant. */
    @FunctionalInterface
    interface Factory {
        DlaBlock create(LayerScope scope, int in, int out, int stride);
    }

    /** One bottleneck with {@code groups} groups, as wide as its output: {@code BottleneckX}. */
    static Factory plain(int groups) {
        return (scope, in, out, stride) -> new Plain(scope, in, out, stride, groups);
    }

    /** Twin branches, elastic where the block keeps the resolution: {@code BottleneckXElastic}. */
    static Factory elastic(int groups) {
        return (scope, in, out, stride) -> new TwinBlock(scope, in, out, stride, groups);
    }

    /** See {@link #plain}. */
    final class Plain implements DlaBlock {
        private final String name;
        private final Conv2d conv1;
        private final BatchNorm2d bn1;
        private final Conv2d conv2;
        private final BatchNorm2d bn2;
        private final Conv2d conv3;
        private final BatchNorm2d bn3;

        Plain(LayerScope scope, int in, int out, int stride, int groups) {
            name = scope.name();
            int width = width(out, groups);
            conv1 = scope.conv1x1("conv1", in, width);
            bn1 = scope.batchNorm("bn1", width);
            conv2 = scope.conv3x3("conv2", width, width, stride, 1, groups);
            bn2 = scope.batchNorm("bn2", width);
            conv3 = scope.conv1x1("conv3", width, out);
            bn3 = scope.batchNorm("bn3", out);
        }

        @Override
        public <T> T forward(LayerOps<T> ops, T x, T shortcut) {
            return ops.block(name, List.of(x, shortcut), inputs -> {
                T out = ops.relu(ops.batchNorm(bn1, ops.conv2d(conv1, inputs.get(0))));
                out = ops.relu(ops.batchNorm(bn2, ops.conv2d(conv2, out)));
                out = ops.batchNorm(bn3, ops.conv2d(conv3, out));
                return ops.relu(ops.add(out, inputs.get(1)));
            });
        }
    }

    /** See {@link #elastic}. */
    final class TwinBlock implements DlaBlock {
        /** The last level sees 7×7 pixels of a 224 image: nothing is gained at half of that. */
        private static final int FIRST_CHANNELS_WITHOUT_ELASTIC = 1024;

        private final String name;
        private final TwinBranches body;

        TwinBlock(LayerScope scope, int in, int out, int stride, int groups) {
            name = scope.name();
            boolean elastic = stride == 1 && out < FIRST_CHANNELS_WITHOUT_ELASTIC;
            body = new TwinBranches(scope, in, width(out, groups) / 2, out, groups / 2, stride, 1, elastic);
        }

        @Override
        public <T> T forward(LayerOps<T> ops, T x, T shortcut) {
            return ops.block(
                    name,
                    List.of(x, shortcut),
                    inputs -> ops.relu(ops.add(body.forward(ops, inputs.get(0)), inputs.get(1))));
        }
    }

    /** Channels inside a block: those of its output for 32 groups, and in proportion. */
    private static int width(int out, int groups) {
        return out * groups / 32;
    }
}
