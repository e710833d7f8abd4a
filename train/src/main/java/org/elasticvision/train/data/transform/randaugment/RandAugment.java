package org.elasticvision.train.data.transform.randaugment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.InputSize;

/**
 * A few operations, drawn at random, on each image (<i>RandAugment: Practical automated data augmentation with a reduced search
 * space</i>, Cubuk and others 2020), as torchvision 0.29's {@code RandAugment} does it to an image of Pillow 13 with its other
 * defaults: 31 magnitudes, the nearest pixel, black where no picture is. With the same random numbers the pixels are the same.
 *
 * <p>Immutable; any number of threads may share one.
 *
 * @param operations how many are done to an image, one after the other, 1 to {@value #MOST_OPERATIONS}; one may be drawn again
 * @param magnitude how strong they are, 0 to {@value #LARGEST_MAGNITUDE}
 */
public record RandAugment(int operations, int magnitude) {
    /** As many as there are to draw from. */
    public static final int MOST_OPERATIONS = 14;

    /** The last of torchvision's 31 magnitudes. */
    public static final int LARGEST_MAGNITUDE = 30;

    private static final List<Operation> ALL = List.of(Operation.values());

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException such as {@code magnitude 31 must be between 0 and 30}
     */
    public RandAugment {
        Check.between("operations", operations, 1, MOST_OPERATIONS);
        Check.between("magnitude", magnitude, 0, LARGEST_MAGNITUDE);
    }

    /**
     * Varies an image. For each operation it asks for one of {@code nextInt(14)}, in torchvision's order, and for those that have
     * two directions for one of {@code nextInt(2)}, where 1 is the negative one.
     *
     * @param image of a network's input size, so at most {@link InputSize#MAX} a side; stays as it is
     * @param random all that is random comes from here
     * @return an image of the same size, which may be the given one
     */
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        RgbImage varied = image;
        for (int done = 0; done < operations; done++) {
            Operation operation = ALL.get(random.nextInt(ALL.size()));
            int direction = operation.hasDirection() && random.nextInt(2) == 1 ? -1 : 1;
            varied = operation.apply(varied, new Strength(magnitude, direction));
        }
        return varied;
    }
}
