package org.elasticvision.convert.zoo.family.dla;

import java.util.List;
import org.elasticvision.convert.zoo.family.block.FixedInput;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Pool2d;

/** DLA-X (Yu et al., CVPR 2018): deep layer aggregation of ResNeXt bottlenecks, as a classifier for 224×224 images. */
final class Dla implements Network {
    /**
     * What tells the variants apart.
     *
     * @param treeLevels of levels 2 to 5
     * @param elastic whether blocks are twins that see two resolutions
     * @param residualRoot whether roots add their newest input
     * @param groups of the 3×3 convolutions: 32, but 50 in dla102x_elastic
     */
    record Variant(List<Integer> treeLevels, boolean elastic, boolean residualRoot, int groups) {
        Variant {
            treeLevels = List.copyOf(treeLevels);
        }
    }

    private final List<Layer> layers;
    private final DlaBackbone backbone;
    private final Conv2d fc;

    Dla(Variant variant, int classes) {
        LayerScope scope = LayerScope.root();
        backbone = new DlaBackbone(scope, variant, false);
        fc = classifier(scope, classes);
        layers = scope.layers();
    }

    /** The classifier's layer, which is in the state dict of a segmentation network too. */
    static Conv2d classifier(LayerScope scope, int classes) {
        return scope.conv1x1WithBias(DlaFamily.FC, DlaBackbone.CHANNELS.get(DlaBackbone.CHANNELS.size() - 1), classes);
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public Head head() {
        return DlaFamily.CLASSIFIER;
    }

    @Override
    public <T> T forward(LayerOps<T> ops, T image) {
        FixedInput.require224("DLA", ops.shape(image));
        List<T> levels = backbone.forward(ops, image);
        T pooled = ops.avgPool2d(levels.get(levels.size() - 1), Pool2d.of(7));
        return ops.flatten(ops.conv2d(fc, pooled));
    }
}
