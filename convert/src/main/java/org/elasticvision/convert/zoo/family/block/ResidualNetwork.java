package org.elasticvision.convert.zoo.family.block;

import java.util.List;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.ops.Pool2d;

/** What ResNet and ResNeXt share at the size for photographs: the stem, the widths, and the head of DeepLabV3. */
public final class ResidualNetwork {
    public static final Head CLASSIFIER = Head.of("fc");
    public static final Head SEGMENTER = new Head("aspp.conv3", List.of("aspp"));

    /** Channels of the stem and of the inner convolutions of the first stage; every further stage has twice as many. */
    public static final int PLANES = 64;

    /** How many times its inner channels a bottleneck puts out. */
    public static final int EXPANSION = 4;

    /** Height and width of the first convolution, which halves the resolution. */
    public static final int STEM_KERNEL = 7;

    /** Halves the resolution once more. */
    public static final Pool2d STEM_POOL = new Pool2d(3, 2, 1, false);

    /** Of BatchNorm in the backbone of the segmentation form. */
    public static final double SEGMENTATION_MOMENTUM = 0.05;

    /** Of BatchNorm in the segmentation head. */
    public static final double HEAD_MOMENTUM = 0.0003;

    /** Channels of each level of the segmentation head. */
    public static final int HEAD_DEPTH = 256;

    /** Of the segmentation head's 3×3 convolutions. */
    public static final List<Integer> HEAD_DILATIONS = List.of(6, 12, 18);

    private ResidualNetwork() {}
}
