package org.elasticvision.convert.zoo.family.densenet;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.convert.zoo.family.block.FixedInput;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.Init;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.layer.Linear;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Pool2d;

/** DenseNet-BC (Huang et al., CVPR 2017) with growth 32 and compression 0.5, as a classifier for 224×224 images. */
final class DenseNet implements Network {
    /**
     * What tells the variants apart.
     *
     * @param blocks dense layers per block
     * @param elastic whether dense layers see two resolutions
     */
    record Variant(List<Integer> blocks, boolean elastic) {
        Variant {
            blocks = List.copyOf(blocks);
        }
    }

    private static final int STEM = 64;

    private final List<Layer> layers;
    private final Conv2d conv0;
    private final BatchNorm2d norm0;
    private final List<DenseBlock> blocks = new ArrayList<>();
    private final List<Transition> transitions = new ArrayList<>();
    private final BatchNorm2d finalNorm;
    private final Linear classifier;

    DenseNet(Variant variant, int classes) {
        LayerScope scope = LayerScope.root();
        LayerScope features = scope.child("features");
        conv0 = features.conv2d("conv0", 3, STEM, 7, 2, 3);
        norm0 = features.batchNorm("norm0", STEM);
        int channels = STEM;
        for (int i = 1; i <= variant.blocks().size(); i++) {
            int depth = variant.blocks().get(i - 1);
            blocks.add(new DenseBlock(features.child("denseblock" + i), channels, depth, variant.elastic()));
            channels += depth * DenseLayer.GROWTH;
            if (i < variant.blocks().size()) {
                transitions.add(new Transition(features.child("transition" + i), channels));
                channels /= 2;
            }
        }
        finalNorm = features.batchNorm("norm_final", channels);
        classifier = scope.linear(
                DenseNetFamily.CLASSIFIER.lastLayer(),
                channels,
                classes,
                Init.byInputs(channels),
                new Init.Constant(0));
        layers = scope.layers();
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public Head head() {
        return DenseNetFamily.CLASSIFIER;
    }

    @Override
    public <T> T forward(LayerOps<T> ops, T image) {
        FixedInput.require224("DenseNet", ops.shape(image));
        T stem = ops.relu(ops.batchNorm(norm0, ops.conv2d(conv0, image)));
        T x = ops.maxPool2d(stem, new Pool2d(3, 2, 1, false));
        for (int i = 0; i < blocks.size(); i++) {
            x = blocks.get(i).forward(ops, x);
            if (i < transitions.size()) {
                x = transitions.get(i).forward(ops, x);
            }
        }
        T normalised = ops.batchNorm(finalNorm, x);
        T pooled = ops.uncounted(() -> ops.avgPool2d(ops.relu(normalised), Pool2d.of(7)));
        return ops.linear(classifier, ops.flatten(pooled));
    }

    /** Dense layers in a row, each of which sees the outputs of all before it. */
    private static final class DenseBlock {
        private final String name;
        private final List<DenseLayer> denseLayers = new ArrayList<>();

        DenseBlock(LayerScope scope, int in, int depth, boolean elastic) {
            name = scope.name();
            for (int i = 0; i < depth; i++) {
                LayerScope layerScope = scope.child("denselayer" + (i + 1));
                denseLayers.add(new DenseLayer(layerScope, in + i * DenseLayer.GROWTH, elastic));
            }
        }

        <T> T forward(LayerOps<T> ops, T x) {
            List<T> features = new ArrayList<>(List.of(x));
            for (DenseLayer layer : denseLayers) {
                features.add(layer.forward(ops, features));
            }
            return ops.part(name, () -> ops.concat(features));
        }
    }

    /** Between dense blocks: half the channels, half the resolution. */
    private record Transition(String name, BatchNorm2d norm, Conv2d conv) {
        Transition(LayerScope scope, int channels) {
            this(scope.name(), scope.batchNorm("norm", channels), scope.conv1x1("conv", channels, channels / 2));
        }

        <T> T forward(LayerOps<T> ops, T x) {
            return ops.part(
                    name, () -> ops.avgPool2d(ops.conv2d(conv, ops.relu(ops.batchNorm(norm, x))), Pool2d.of(2)));
        }
    }
}
