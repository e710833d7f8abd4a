package org.elasticvision.convert.zoo.family.resnext;

import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.zoo.family.block.ResidualNetwork;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.ops.Pool2d;

/**
 * How large a {@link ResNeXt} is, its number of blocks aside.
 *
 * @param planes channels of the stem and inside each branch of the first stage; every further stage has twice as many
 * @param stemKernel height and width of the first convolution, which halves the resolution; odd
 * @param stemPool a max pooling behind it that halves the resolution once more, where there is one
 * @param groups of each branch's 3×3 convolution
 * @param headDepth channels of each level of the segmentation head
 * @param headDilations of the segmentation head's 3×3 convolutions
 * @param segmentationMomentum of BatchNorm in the backbone of the segmentation form
 * @param headMomentum of BatchNorm in the segmentation head
 */
record ResNeXtSize(
        int planes,
        int stemKernel,
        Optional<Pool2d> stemPool,
        int groups,
        int headDepth,
        List<Integer> headDilations,
        double segmentationMomentum,
        double headMomentum) {
    /** For photographs: 32 groups of 4 channels in the first stage, and the head of DeepLabV3 with its slow BatchNorm. */
    static final ResNeXtSize PUBLISHED = new ResNeXtSize(
            ResidualNetwork.PLANES,
            ResidualNetwork.STEM_KERNEL,
            Optional.of(ResidualNetwork.STEM_POOL),
            16,
            ResidualNetwork.HEAD_DEPTH,
            ResidualNetwork.HEAD_DILATIONS,
            ResidualNetwork.SEGMENTATION_MOMENTUM,
            ResidualNetwork.HEAD_MOMENTUM);

    /**
     * For pictures of 28 to 128 pixels, quick to train on a CPU: an eighth of the width, groups of 4 channels still, and a
     * head whose dilations end inside such pictures.
     */
    static final ResNeXtSize TINY = new ResNeXtSize(
            8,
            3,
            Optional.empty(),
            2,
            32,
            List.of(2, 4, 6),
            BatchNorm2d.DEFAULT_MOMENTUM,
            BatchNorm2d.DEFAULT_MOMENTUM);

    ResNeXtSize {
        if (planes < 1 || groups < 1 || planes % groups != 0) {
            throw new IllegalArgumentException(planes + " planes do not divide into " + groups + " groups");
        }
        if (stemKernel < 1 || stemKernel % 2 == 0) {
            throw new IllegalArgumentException("stem kernel " + stemKernel + " must be odd");
        }
        if (headDepth < 1) {
            throw new IllegalArgumentException("head depth " + headDepth + " must be at least 1");
        }
        headDilations = List.copyOf(headDilations);
        if (headDilations.stream().anyMatch(dilation -> dilation < 1)) {
            throw new IllegalArgumentException("head dilations " + headDilations + " must be at least 1");
        }
    }

    /** The same with a pooling of the stem that pads nothing and keeps the windows that end outside, as Caffe does. */
    ResNeXtSize withUnpaddedStemPool() {
        return new ResNeXtSize(
                planes,
                stemKernel,
                Optional.of(new Pool2d(3, 2, 0, true)),
                groups,
                headDepth,
                headDilations,
                segmentationMomentum,
                headMomentum);
    }
}
