package org.elasticvision.convert.zoo.family.resnext;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.convert.zoo.family.block.Aspp;
import org.elasticvision.convert.zoo.family.block.ResidualNetwork;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.layer.Linear;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.PartialStart;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.runtime.model.Task;

/**
 * ResNeXt (Xie et al., CVPR 2017) as published with Elastic: every block's groups in two branches, optionally with squeeze
 * and excitation; a classifier or, dilated in its last stage, the backbone of a DeepLabV3 head.
 */
final class ResNeXt implements Network {
    /**
     * What tells the variants apart.
     *
     * @param blocks per stage
     * @param elastic whether blocks that keep the resolution see two resolutions
     * @param squeezeExcitation whether blocks weight their channels
     * @param size widths and head
     */
    record Variant(List<Integer> blocks, boolean elastic, boolean squeezeExcitation, ResNeXtSize size) {
        Variant {
            blocks = List.copyOf(blocks);
        }

        /**
         * One of the published size.
         *
         * @param blocks how many in each stage
         * @param elastic whether the blocks work at two resolutions
         * @param squeezeExcitation whether the blocks weigh their channels
         */
        Variant(List<Integer> blocks, boolean elastic, boolean squeezeExcitation) {
            this(blocks, elastic, squeezeExcitation, ResNeXtSize.PUBLISHED);
        }

        /**
         * {@return the same, but the max pooling of the stem pads nothing and takes the windows that end outside}
         */
        Variant withUnpaddedStemPool() {
            return new Variant(blocks, elastic, squeezeExcitation, size.withUnpaddedStemPool());
        }
    }

    private final Variant variant;
    private final Task task;
    private final int classes;
    private final ResNeXtSize size;
    private final List<Layer> layers;
    private final Conv2d conv1;
    private final BatchNorm2d bn1;
    private final List<List<ResNeXtBlock>> stages = new ArrayList<>();
    private final Optional<Linear> classifier;
    private final Optional<Aspp> segmentationHead;

    private ResNeXt(Variant variant, Task task, int classes) {
        this.variant = variant;
        this.task = task;
        this.classes = classes;
        boolean segmentation = task == Task.SEGMENTATION;
        size = variant.size();
        LayerScope scope =
                segmentation ? LayerScope.root().withBatchNormMomentum(size.segmentationMomentum()) : LayerScope.root();
        conv1 = scope.conv2d("conv1", 3, size.planes(), size.stemKernel(), 2, size.stemKernel() / 2);
        bn1 = scope.batchNorm("bn1", size.planes());
        int in = size.planes();
        int lastStage = variant.blocks().size() - 1;
        for (int stage = 0; stage <= lastStage; stage++) {
            boolean dilated = segmentation && stage == lastStage;
            // The published segmentation code runs the stages again in the backward pass.
            LayerScope stageScope =
                    (segmentation ? scope.withBatchNormUpdatedTwice() : scope).child("layer" + (stage + 1));
            List<ResNeXtBlock> blocks = new ArrayList<>();
            for (int i = 0; i < variant.blocks().get(stage); i++) {
                int stride = i == 0 && stage > 0 && !dilated ? 2 : 1;
                // The stage that keeps its resolution dilates instead, by the multi-grid 1, 2, 4 on top of 2.
                int dilation = dilated ? 2 << i : 1;
                // The last stage sees few pixels (7×7 of a 224 image): nothing is gained at half of that.
                boolean elastic = variant.elastic() && stride == 1 && stage < lastStage;
                ResNeXtBlock block = new ResNeXtBlock(
                        stageScope.child(i), in, size.planes() << stage, stride, dilation, i == 0, elastic, variant);
                blocks.add(block);
                in = block.outChannels();
            }
            stages.add(List.copyOf(blocks));
        }
        classifier = segmentation
                ? Optional.empty()
                : Optional.of(scope.linear(ResidualNetwork.CLASSIFIER.lastLayer(), in, classes));
        segmentationHead = segmentation
                ? Optional.of(new Aspp(
                        scope.child(ResidualNetwork.SEGMENTER.parts().get(0))
                                .withBatchNormMomentum(size.headMomentum()),
                        in,
                        size.headDepth(),
                        size.headDilations(),
                        classes))
                : Optional.empty();
        layers = scope.layers();
    }

    /** A classifier, or a segmentation network that answers at the image's own size: for images of any size. */
    static ResNeXt of(Variant variant, Task task, int classes) {
        return new ResNeXt(variant, task, classes);
    }

    /** The classifier whose stem pools as Caffe does, of the same tensors; of a segmentation network there is none. */
    ResNeXt withUnpaddedStemPool() {
        return task == Task.SEGMENTATION ? this : new ResNeXt(variant.withUnpaddedStemPool(), task, classes);
    }

    /** {@return depth and kind of its blocks} */
    Variant variant() {
        return variant;
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public Head head() {
        return segmentationHead.isPresent() ? ResidualNetwork.SEGMENTER : ResidualNetwork.CLASSIFIER;
    }

    @Override
    public PartialStart startFrom(Set<String> names) {
        return ElasticStart.of(names, this);
    }

    @Override
    public <T> T forward(LayerOps<T> ops, T image) {
        T stem = ops.relu(ops.batchNorm(bn1, ops.conv2d(conv1, image)));
        T x = size.stemPool().map(pool -> ops.maxPool2d(stem, pool)).orElse(stem);
        for (List<ResNeXtBlock> stage : stages) {
            for (ResNeXtBlock block : stage) {
                x = block.forward(ops, x);
            }
        }
        T features = x;
        Shape target = ops.shape(image);
        return segmentationHead
                .map(head -> ops.resizeAlignCorners(head.forward(ops, features), target.height(), target.width()))
                .orElseGet(() -> ops.linear(classifier.orElseThrow(), ops.flatten(ops.globalAvgPool2d(features))));
    }
}
