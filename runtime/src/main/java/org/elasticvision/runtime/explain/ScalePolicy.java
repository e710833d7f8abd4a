package org.elasticvision.runtime.explain;

import java.util.List;

/**
 * At which resolution an Elastic network answered an image, block by block along its depth. Immutable.
 *
 * <p>Wang et al., "ELASTIC: Improving CNNs with Dynamic Scaling Policies" (CVPR 2019, arXiv 1812.05262), analyse the policies that their
 * networks learn in the section on scale policies: the score of a block compares how strongly its branch at full and its branch at half the
 * resolution respond, at their 3×3 convolutions. What is computed here is
 *
 * <pre>score = mean(high) - mean(low)</pre>
 *
 * where {@code high} and {@code low} are all values, over channels and pixels, that leave the 3×3 convolution of each branch: after its BatchNorm
 * and ReLU in the blocks of ResNeXt and DLA; in a dense layer of DenseNet, whose 3×3 convolution comes last, its plain result. The low branch is
 * averaged at its own resolution, before it is enlarged. Whether the paper takes the values before or after the activation could not be checked: the
 * published code has no part that computes the score.
 *
 * @param blocks in the order in which the network runs them; at least one
 */
public record ScalePolicy(List<Block> blocks) {
    public ScalePolicy {
        blocks = List.copyOf(blocks);
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException("a scale policy needs at least one block");
        }
    }

    /**
     * One Elastic block.
     *
     * @param name of it, such as {@code layer1.0}
     * @param high average of what leaves the 3×3 convolution at the block's resolution
     * @param low the same at half the resolution
     * @param height of the high branch, in pixels
     * @param width of the high branch, in pixels
     */
    public record Block(String name, double high, double low, int height, int width) {

        /** {@return high minus low: above 0 where the high resolution responds more strongly} */
        public double score() {
            return high - low;
        }

        /** {@return whether the high resolution responds more strongly} */
        public boolean isHigh() {
            return score() > 0;
        }
    }

    /** {@return the largest distance of a score from 0} */
    public double largest() {
        return blocks.stream()
                .mapToDouble(block -> Math.abs(block.score()))
                .max()
                .orElseThrow();
    }
}
