package org.elasticvision.convert.zoo.family.dla;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.convert.zoo.layer.ConvTranspose2d;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Shape;

/**
 * Iterative deep aggregation (Yu et al., CVPR 2018): coarser maps are projected, doubled in size and fused into a finer one,
 * one after the other. Source: {@code models/dla_up.py}, {@code IDAUp}.
 */
final class IterativeAggregation {
    private final List<DlaBackbone.ConvNormRelu> projections = new ArrayList<>();
    private final List<ConvTranspose2d> upsamplings = new ArrayList<>();
    private final List<DlaBackbone.ConvNormRelu> nodes = new ArrayList<>();

    /**
     * @param in channels of the coarser maps
     * @param out channels of the finer map, and of all that comes out
     */
    IterativeAggregation(LayerScope scope, List<Integer> in, int out) {
        for (int i = 1; i <= in.size(); i++) {
            projections.add(new DlaBackbone.ConvNormRelu(scope.child("proj_" + i), in.get(i - 1), out, 1, 1));
            upsamplings.add(scope.upsample("up_" + i, out, 2));
        }
        for (int i = 1; i <= in.size(); i++) {
            nodes.add(new DlaBackbone.ConvNormRelu(scope.child("node_" + i), 2 * out, out, 3, 1));
        }
    }

    /** How many coarser maps it takes. */
    int inputs() {
        return projections.size();
    }

    /** As many maps as there are coarser ones, each of the finer map's size. */
    <T> List<T> forward(LayerOps<T> ops, T finer, List<T> coarser) {
        Shape size = ops.shape(finer);
        List<T> doubled = new ArrayList<>();
        for (int i = 0; i < coarser.size(); i++) {
            T projected = projections.get(i).forward(ops, coarser.get(i));
            doubled.add(ops.convTranspose2d(upsamplings.get(i), projected));
        }
        List<T> outputs = new ArrayList<>();
        T x = finer;
        for (int i = 0; i < doubled.size(); i++) {
            DlaBackbone.ConvNormRelu node = nodes.get(i);
            T left = x;
            T right = doubled.get(i);
            T both = ops.part(node.name(), () -> ops.concat(List.of(left, cropTo(ops, right, size))));
            x = node.forward(ops, both);
            outputs.add(x);
        }
        return outputs;
    }

    private static <T> T cropTo(LayerOps<T> ops, T x, Shape size) {
        Shape shape = ops.shape(x);
        return shape.height() > size.height() || shape.width() > size.width()
                ? ops.crop(x, size.height(), size.width())
                : x;
    }
}
