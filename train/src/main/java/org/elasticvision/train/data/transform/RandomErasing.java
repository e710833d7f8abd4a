package org.elasticvision.train.data.transform;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.image.pixels.ImagePart;

/**
 * Sets a rectangle of a normalised image to 0 (Zhong and others 2020), as torchvision 0.29's {@code RandomErasing} with its defaults:
 * the same distribution, of other random numbers.
 *
 * @param probability that an image has one, 0 to 1
 */
record RandomErasing(double probability) {
    private static final int TRIES = 10;
    private static final double AREA_MIN = 0.02;
    private static final double AREA_MAX = 0.33;
    private static final double RATIO_MIN = 0.3;
    private static final double RATIO_MAX = 3.3;
    private static final int CHANNELS = 3;

    /**
     * Erases from one input. Asks for no random number where nothing is ever erased, so that inputs are what they were without.
     *
     * @param images of which {@code 3 * height * width} values from {@code offset} on are the image, planar
     */
    void apply(FloatBuffer images, int offset, int width, int height, RandomGenerator random) {
        if (probability == 0) {
            return;
        }
        part(width, height, random).ifPresent(part -> {
            for (int channel = 0; channel < CHANNELS; channel++) {
                for (int y = part.y(); y < part.y() + part.height(); y++) {
                    int row = offset + (channel * height + y) * width;
                    for (int x = part.x(); x < part.x() + part.width(); x++) {
                        images.put(row + x, 0);
                    }
                }
            }
        });
    }

    /**
     * A rectangle of random area (uniform), shape (log-uniform) and place, smaller than the image in both directions; none where the image is
     * spared, or ten tries do not fit.
     */
    Optional<ImagePart> part(int width, int height, RandomGenerator random) {
        if (random.nextDouble() >= probability) {
            return Optional.empty();
        }
        double area = (double) width * height;
        double logRatioMin = StrictMath.log(RATIO_MIN); // strict: the same rectangles on every machine
        double logRatioMax = StrictMath.log(RATIO_MAX);
        for (int tried = 0; tried < TRIES; tried++) {
            double target = area * (AREA_MIN + (AREA_MAX - AREA_MIN) * random.nextDouble());
            double ratio = StrictMath.exp(logRatioMin + (logRatioMax - logRatioMin) * random.nextDouble());
            int high = (int) Math.rint(Math.sqrt(target * ratio));
            int wide = (int) Math.rint(Math.sqrt(target / ratio));
            if (high < height && wide < width) {
                int y = random.nextInt(height - high + 1);
                int x = random.nextInt(width - wide + 1);
                return high == 0 || wide == 0 ? Optional.empty() : Optional.of(new ImagePart(x, y, wide, high));
            }
        }
        return Optional.empty();
    }
}
