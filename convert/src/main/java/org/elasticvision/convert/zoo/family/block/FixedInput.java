package org.elasticvision.convert.zoo.family.block;

import org.elasticvision.convert.zoo.network.InputSizeException;
import org.elasticvision.convert.zoo.ops.Shape;

/** The check of classifiers that end in a 7×7 pooling instead of a global one. */
public final class FixedInput {
    private static final int SIZE = 224;

    private FixedInput() {}

    public static void require224(String family, Shape image) {
        if (image.height() != SIZE || image.width() != SIZE) {
            throw new InputSizeException(
                    family + " classifiers take 224x224 images only, because they end in a 7x7 pooling; "
                            + image.height() + "x" + image.width() + " was asked for");
        }
    }
}
