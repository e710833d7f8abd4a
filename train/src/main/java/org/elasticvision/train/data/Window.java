package org.elasticvision.train.data;

import java.util.random.RandomGenerator;
import org.elasticvision.runtime.image.resample.Span;

/**
 * One side of a padded crop: which part of the image is seen, and where in the input it begins.
 *
 * <p>As {@code preprocess} of the published {@code utils.py}: a side that is too short gets half of what it lacks, rounded
 * up, at both ends; the crop then begins anywhere in what there is.
 */
record Window(Span span, int at) {

    static Window random(int length, int crop, RandomGenerator random) {
        int padding = Math.max(0, (1 + crop - length) / 2);
        int first = random.nextInt(length + 2 * padding - crop + 1) - padding;
        int from = Math.max(0, first);
        int at = Math.max(0, -first);
        return new Window(new Span(length, from, Math.min(length - from, crop - at)), at);
    }
}
