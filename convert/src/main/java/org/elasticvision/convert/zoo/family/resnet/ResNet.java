package org.elasticvision.convert.zoo.family.resnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.zoo.family.block.Aspp;
import org.elasticvision.convert.zoo.family.block.ResidualNetwork;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.LayerScope;
import org.elasticvision.convert.zoo.layer.Linear;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.runtime.model.Task;

/**
 * ResNet (He et al., CVPR 2016) for images of any size: a classifier or, dilated in its last stage, the backbone of a DeepLabV3
 * head, which answers at the image's own size.
 *
 * <p>Source: torchvision's {@code models/resnet.py}, whose bottlenecks halve the resolution in their 3×3 convolution. What
 * segmentation adds is as in this zoo's ResNeXts.
 */
final class ResNet implements Network {
    private final List<Layer> layers;
    private final Conv2d conv1;
    private final BatchNorm2d bn1;
    private final List<ResNetBlock> blocks = new ArrayList<>();
    private final Optional<Linear> classifier;
    private final Optional<Aspp> segmentationHead;

    /**
     * @param depths blocks of each stage
     * @param bottleneck whether blocks are bottlenecks of three convolutions or have two of 3×3
     */
    ResNet(List<Integer> depths, boolean bottleneck, Task task, int classes) {
        boolean segmentation = task == Task.SEGMENTATION;
        LayerScope scope = segmentation
                ? LayerScope.root().withBatchNormMomentum(ResidualNetwork.SEGMENTATION_MOMENTUM)
                : LayerScope.root();
        int planes = ResidualNetwork.PLANES;
        int kernel = ResidualNetwork.STEM_KERNEL;
        conv1 = scope.conv2d("conv1", 3, planes, kernel, 2, kernel / 2);
        bn1 = scope.batchNorm("bn1", planes);
        int in = planes;
        for (int stage = 0; stage < depths.size(); stage++) {
            boolean dilated = segmentation && stage == depths.size() - 1;
            for (int i = 0; i < depths.get(stage); i++) {
                int stride = i == 0 && stage > 0 && !dilated ? 2 : 1;
                // The stage that keeps its resolution dilates instead, by the multi-grid 1, 2, 4 on top of 2.
                int dilation = dilated ? 2 << i : 1;
                LayerScope blockScope = scope.child("layer" + (stage + 1)).child(i);
                ResNetBlock block = new ResNetBlock(blockScope, in, planes << stage, stride, dilation, bottleneck);
                blocks.add(block);
                in = block.outChannels();
            }
        }
        if (segmentation) {
            LayerScope head = scope.child(ResidualNetwork.SEGMENTER.parts().get(0))
                    .withBatchNormMomentum(ResidualNetwork.HEAD_MOMENTUM);
            classifier = Optional.empty();
            segmentationHead = Optional.of(
                    new Aspp(head, in, ResidualNetwork.HEAD_DEPTH, ResidualNetwork.HEAD_DILATIONS, classes));
        } else {
            classifier = Optional.of(scope.linear(ResidualNetwork.CLASSIFIER.lastLayer(), in, classes));
            segmentationHead = Optional.empty();
        }
        layers = scope.layers();
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
    public <T> T forward(LayerOps<T> ops, T image) {
        T stem = ops.relu(ops.batchNorm(bn1, ops.conv2d(conv1, image)));
        T x = ops.maxPool2d(stem, ResidualNetwork.STEM_POOL);
        for (ResNetBlock block : blocks) {
            x = block.forward(ops, x);
        }
        T features = x;
        Shape size = ops.shape(image);
        return segmentationHead
                .map(head -> ops.resizeAlignCorners(head.forward(ops, features), size.height(), size.width()))
                .orElseGet(() -> ops.linear(classifier.orElseThrow(), ops.flatten(ops.globalAvgPool2d(features))));
    }
}
