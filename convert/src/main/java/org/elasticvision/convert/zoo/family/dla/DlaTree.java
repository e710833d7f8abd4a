package org.elasticvision.convert.zoo.family.dla;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.zoo.family.block.Projection;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Pool2d;

/**
 * Hierarchical aggregation of deep layer aggregation (Yu et al., CVPR 2018): two subtrees (at the leaves: blocks) in a row,
 * and a root that fuses the last two outputs with whatever the levels above hand down.
 *
 * <p>Source: {@code models/dla.py}, {@code Tree}. As there, a tree of more than one level computes a projection that nothing
 * uses: it belongs to the state dict, and its BatchNorm keeps statistics in training.
 */
final class DlaTree {
    /**
     * What a whole network's trees have in common.
     *
     * @param blocks makes the leaves
     * @param residualRoot whether a root adds its newest input to its output
     * @param ceilPooling whether pooling keeps what does not fill a window (segmentation)
     */
    record Style(DlaBlock.Factory blocks, boolean residualRoot, boolean ceilPooling) {}

    private final String name;
    private final Style style;
    private final int stride;
    private final boolean handsDownInput;
    private final Optional<DlaTree> tree1;
    private final Optional<DlaTree> tree2;
    private final Optional<DlaBlock> block1;
    private final Optional<DlaBlock> block2;
    private final Optional<Root> root;
    private final Optional<Projection> project;

    DlaTree(LayerScope scope, Style style, int levels, int in, int out, int stride, boolean handsDownInput) {
        this(scope, style, levels, in, out, stride, handsDownInput, 2 * out + (handsDownInput ? in : 0));
    }

    private DlaTree(
            LayerScope scope,
            Style style,
            int levels,
            int in,
            int out,
            int stride,
            boolean handsDownInput,
            int rootChannels) {
        this.name = scope.name();
        this.style = style;
        this.stride = stride;
        this.handsDownInput = handsDownInput;
        LayerScope first = scope.child("tree1");
        LayerScope second = scope.child("tree2");
        if (levels == 1) {
            block1 = Optional.of(style.blocks().create(first, in, out, stride));
            block2 = Optional.of(style.blocks().create(second, out, out, 1));
            tree1 = Optional.empty();
            tree2 = Optional.empty();
            root = Optional.of(new Root(scope.child("root"), rootChannels, out, style.residualRoot()));
        } else {
            tree1 = Optional.of(new DlaTree(first, style, levels - 1, in, out, stride, false));
            tree2 = Optional.of(new DlaTree(second, style, levels - 1, out, out, 1, false, rootChannels + out));
            block1 = Optional.empty();
            block2 = Optional.empty();
            root = Optional.empty();
        }
        project = in != out ? Optional.of(new Projection(scope.child("project"), in, out, 1)) : Optional.empty();
    }

    <T> T forward(LayerOps<T> ops, T x) {
        return forward(ops, x, List.of());
    }

    private <T> T forward(LayerOps<T> ops, T x, List<T> fromAbove) {
        T bottom = stride > 1
                ? ops.part(name, () -> ops.maxPool2d(x, new Pool2d(stride, stride, 0, style.ceilPooling())))
                : x;
        T shortcut = project.map(projection -> projection.forward(ops, bottom)).orElse(bottom);
        List<T> children = new ArrayList<>(fromAbove);
        if (handsDownInput) {
            children.add(bottom);
        }
        if (root.isPresent()) {
            T x1 = block1.orElseThrow().forward(ops, x, shortcut);
            T x2 = block2.orElseThrow().forward(ops, x1, x1);
            return root.get().forward(ops, x2, x1, children);
        }
        T x1 = tree1.orElseThrow().forward(ops, x);
        children.add(x1);
        return tree2.orElseThrow().forward(ops, x1, children);
    }

    /** A 1×1 convolution over everything that a tree has to fuse. */
    private static final class Root {
        private final String name;
        private final Conv2d conv;
        private final BatchNorm2d bn;
        private final boolean residual;

        Root(LayerScope scope, int in, int out, boolean residual) {
            this.name = scope.name();
            this.conv = scope.conv1x1("conv", in, out);
            this.bn = scope.batchNorm("bn", out);
            this.residual = residual;
        }

        <T> T forward(LayerOps<T> ops, T newest, T older, List<T> children) {
            List<T> all = new ArrayList<>(List.of(newest, older));
            all.addAll(children);
            return ops.block(name, all, inputs -> {
                T fused = ops.batchNorm(bn, ops.conv2d(conv, ops.concat(inputs)));
                return ops.relu(residual ? ops.add(fused, inputs.get(0)) : fused);
            });
        }
    }
}
