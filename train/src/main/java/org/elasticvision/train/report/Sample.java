package org.elasticvision.train.report;

import java.util.Optional;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * A picture with a network's answer.
 *
 * @param picture as it is to be shown
 * @param answer in words, such as {@code heart 98 %}
 * @param truth in words; empty where the answer is right or the picture shows it
 * @param right whether the answer is right; empty where that has no yes or no
 */
public record Sample(RgbImage picture, String answer, String truth, Optional<Boolean> right) {}
