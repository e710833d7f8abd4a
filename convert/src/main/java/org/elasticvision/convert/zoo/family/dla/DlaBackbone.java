package org.elasticvision.convert.zoo.family.dla;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.ops.LayerOps;

/** The six levels of a DLA network, each at half the resolution of the one before (the first keeps it). */
final class DlaBackbone {
    static final List<Integer> CHANNELS = List.of(16, 32, 128, 256, 512, 1024);

    private final ConvNormRelu base;
    private final List<ConvNormRelu> convLevels = new ArrayList<>();
    private final List<DlaTree> trees = new ArrayList<>();

    DlaBackbone(LayerScope scope, Dla.Variant variant, boolean segmentation) {
        DlaTree.Style style = new DlaTree.Style(
                variant.elastic() ? DlaBlock.elastic(variant.groups()) : DlaBlock.plain(variant.groups()),
                variant.residualRoot(),
                segmentation);
        base = new ConvNormRelu(scope.child("base_layer"), 3, CHANNELS.get(0), 7, 1);
        // The published segmentation code runs the levels again in the backward pass.
        LayerScope levels = segmentation ? scope.withBatchNormUpdatedTwice() : scope;
        convLevels.add(new ConvNormRelu(levels.child("level0"), CHANNELS.get(0), CHANNELS.get(0), 3, 1));
        convLevels.add(new ConvNormRelu(levels.child("level1"), CHANNELS.get(0), CHANNELS.get(1), 3, 2));
        for (int level = 2; level < CHANNELS.size(); level++) {
            trees.add(new DlaTree(
                    levels.child("level" + level),
                    style,
                    variant.treeLevels().get(level - 2),
                    CHANNELS.get(level - 1),
                    CHANNELS.get(level),
                    2,
                    level > 2));
        }
    }

    /** The outputs of levels 0 to 5. */
    <T> List<T> forward(LayerOps<T> ops, T image) {
        List<T> outputs = new ArrayList<>();
        T x = base.forward(ops, image);
        for (ConvNormRelu level : convLevels) {
            x = level.forward(ops, x);
            outputs.add(x);
        }
        for (DlaTree tree : trees) {
            x = tree.forward(ops, x);
            outputs.add(x);
        }
        return outputs;
    }

    /** Convolution, normalisation and ReLU as a sequence, numbered 0 and 1 in the state dict. */
    record ConvNormRelu(String name, Conv2d conv, BatchNorm2d norm) {
        ConvNormRelu(LayerScope scope, int in, int out, int kernel, int stride) {
            this(scope.name(), scope.conv2d("0", in, out, kernel, stride, kernel / 2), scope.batchNorm("1", out));
        }

        <T> T forward(LayerOps<T> ops, T x) {
            return ops.part(name, () -> ops.relu(ops.batchNorm(norm, ops.conv2d(conv, x))));
        }
    }
}
