package org.elasticvision.convert.zoo.family.dla;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.ConvTranspose2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.network.Backbone;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.InputSizeException;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Shape;

/**
 * A DLA backbone with iterative deep aggregation on the way up, for segmentation: answers log-probabilities.
 *
 * <p>Source: {@code models/dla_up.py}, {@code DLASeg} with {@code down_ratio=2}. The published network doubles its finest
 * level and cuts the last row and column, which gives back the image's size if that is odd: it takes odd sizes only.
 */
final class DlaUp implements Network {
    /** The published backbones keep the classifier of their ImageNet pre-training, unused. */
    private static final int PRETRAINED_CLASSES = 1000;

    private static final List<Integer> CHANNELS = DlaBackbone.CHANNELS.subList(1, DlaBackbone.CHANNELS.size());

    private final List<Layer> layers;
    private final DlaBackbone base;
    private final List<IterativeAggregation> aggregations = new ArrayList<>();
    private final Conv2d fc;
    private final ConvTranspose2d up;

    DlaUp(Dla.Variant variant, int classes) {
        LayerScope scope = LayerScope.root();
        LayerScope baseScope = scope.child(DlaFamily.BASE);
        base = new DlaBackbone(baseScope, variant, true);
        Dla.classifier(baseScope, PRETRAINED_CLASSES);
        // Each aggregation brings all coarser levels to the channels and the size of one more level.
        int coarsest = CHANNELS.size() - 1;
        List<Integer> in = new ArrayList<>(CHANNELS);
        for (int target = coarsest - 1; target >= 0; target--) {
            LayerScope idaScope = scope.child(DlaFamily.AGGREGATION).child("ida_" + (coarsest - 1 - target));
            int out = CHANNELS.get(target);
            aggregations.add(new IterativeAggregation(idaScope, List.copyOf(in.subList(target + 1, in.size())), out));
            Collections.fill(in.subList(target + 1, in.size()), out);
        }
        fc = scope.child(DlaFamily.FC).conv1x1WithBias("0", CHANNELS.get(0), classes);
        up = scope.fixedUpsample(DlaFamily.UP, classes, 2);
        layers = scope.layers();
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public Head head() {
        return DlaFamily.SEGMENTER;
    }

    @Override
    public Backbone backbone() {
        return DlaFamily.SEGMENTATION_BACKBONE;
    }

    @Override
    public <T> T forward(LayerOps<T> ops, T image) {
        Shape size = ops.shape(image);
        if (size.height() % 2 == 0 || size.width() % 2 == 0) {
            throw new InputSizeException(
                    "DLA segmentation networks take odd sizes only, because they cut the last row and"
                            + " column; use " + (size.height() | 1) + "x" + (size.width() | 1) + " instead of "
                            + size.height() + "x"
                            + size.width());
        }
        List<T> levels = new ArrayList<>(base.forward(ops, image));
        levels.remove(0);
        for (IterativeAggregation aggregation : aggregations) {
            int target = levels.size() - 1 - aggregation.inputs();
            List<T> coarser = levels.subList(target + 1, levels.size());
            List<T> fused = aggregation.forward(ops, levels.get(target), List.copyOf(coarser));
            for (int i = 0; i < fused.size(); i++) {
                coarser.set(i, fused.get(i));
            }
        }
        T finest = levels.get(levels.size() - 1);
        T logits = ops.convTranspose2d(up, ops.conv2d(fc, finest));
        return ops.crop(ops.logSoftmax(logits), size.height(), size.width());
    }
}
