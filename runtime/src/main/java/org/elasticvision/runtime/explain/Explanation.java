package org.elasticvision.runtime.explain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * What was seen inside a network while it answered an image. Immutable.
 *
 * @param picture as it was decoded: stored or upright as the model sees it, of a reduced decode smaller than the image
 * @param answer the model's answer
 * @param seen which part of the picture the network's input covers
 * @param policy of an Elastic network; else empty
 * @param activations of the classes that were asked about, or that were found; empty where the network's head has none, and of
 *     segmentations
 * @param uncertainty of a segmentation, for each pixel of the network's output: the entropy of softmax divided by the logarithm of the number of
 *     classes, 0 where one class is certain and 1 where all are alike; else empty
 */
public record Explanation(
        RgbImage picture,
        Prediction answer,
        InputPart seen,
        Optional<ScalePolicy> policy,
        List<ClassActivation> activations,
        Optional<HeatMap> uncertainty) {
    public Explanation {
        Objects.requireNonNull(picture, "picture");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(seen, "seen");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(uncertainty, "uncertainty");
        activations = List.copyOf(activations);
    }

    /**
     * Where a network's input lies on a picture, in parts of the picture: {@code 0, 0, 1, 1} where it covers the picture, inside of it where
     * the picture was cropped, beyond it where it was padded.
     *
     * @param left of the input's left edge
     * @param top of the input's top edge
     * @param width of the input
     * @param height of the input
     */
    public record InputPart(double left, double top, double width, double height) {

        /**
         * {@return where a place of the picture is in the input: 0 to 1, or outside of that where the network did not see it}
         *
         * @param x 0 at the left edge of the picture, 1 at the right
         */
        public double across(double x) {
            return (x - left) / width;
        }

        /**
         * {@return where a place of the picture is in the input: 0 to 1, or outside of that where the network did not see it}
         *
         * @param y 0 at the top edge of the picture, 1 at the bottom
         */
        public double down(double y) {
            return (y - top) / height;
        }
    }
}
