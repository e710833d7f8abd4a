package org.elasticvision.train.data.transform;

import java.util.random.RandomGenerator;
import org.elasticvision.runtime.image.pixels.ImagePart;

/**
 * A part of an image, in pixels from the top left.
 *
 * <p>{@link #random} is torchvision 0.14's {@code RandomResizedCrop.get_params}: the same distribution, of other random
 * numbers.
 */
record CropBox(int x, int y, int width, int height) {
    private static final int TRIES = 10;

    /**
     * A part of random area (uniform), shape (log-uniform) and place; the middle where ten tries do not fit into the image.
     *
     * @param areaMin smallest part of the area
     * @param ratioMax largest width : height; its inverse is the smallest
     */
    static CropBox random(int width, int height, double areaMin, double ratioMax, RandomGenerator random) {
        double area = (double) width * height;
        double logRatioMax = StrictMath.log(ratioMax); // strict: the same crops on every machine
        for (int tried = 0; tried < TRIES; tried++) {
            double target = area * (areaMin + (1 - areaMin) * random.nextDouble());
            double ratio = StrictMath.exp(logRatioMax * (2 * random.nextDouble() - 1));
            double wide = Math.rint(Math.sqrt(target * ratio));
            double high = Math.rint(Math.sqrt(target / ratio));
            if (wide > 0 && wide <= width && high > 0 && high <= height) {
                int y = random.nextInt(height - (int) high + 1);
                int x = random.nextInt(width - (int) wide + 1);
                return new CropBox(x, y, (int) wide, (int) high);
            }
        }
        return centre(width, height, ratioMax);
    }

    ImagePart part() {
        return new ImagePart(x, y, width, height);
    }

    /** The largest part in the middle whose shape is allowed. */
    static CropBox centre(int width, int height, double ratioMax) {
        double ratio = (double) width / height;
        int wide = width;
        int high = height;
        if (ratio < 1 / ratioMax) {
            high = (int) Math.rint(width * ratioMax);
        } else if (ratio > ratioMax) {
            wide = (int) Math.rint(height * ratioMax);
        }
        return new CropBox((width - wide) / 2, (height - high) / 2, wide, high);
    }
}
