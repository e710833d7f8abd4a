package org.elasticvision.train.data.transform.randaugment;

import org.elasticvision.runtime.image.pixels.RgbImage;

/** What {@link RandAugment} draws from, in the order in which torchvision numbers it. */
enum Operation {
    IDENTITY(false),
    SHEAR_X(true),
    SHEAR_Y(true),
    TRANSLATE_X(true),
    TRANSLATE_Y(true),
    ROTATE(true),
    BRIGHTNESS(true),
    COLOR(true),
    CONTRAST(true),
    SHARPNESS(true),
    POSTERIZE(false),
    SOLARIZE(false),
    AUTO_CONTRAST(false),
    EQUALIZE(false);

    private static final double MOST_SHEARED = 0.3;
    private static final double MOST_DEGREES = 30;
    /** Of a side. */
    private static final double MOST_MOVED = 150.0 / 331;

    private final boolean hasDirection;

    Operation(boolean hasDirection) {
        this.hasDirection = hasDirection;
    }

    /** {@return whether it can be done in two directions, such as to the left and to the right} */
    boolean hasDirection() {
        return hasDirection;
    }

    /** {@return an image of the same size, which may be the given one; that stays as it is} */
    RgbImage apply(RgbImage image, Strength strength) {
        return switch (this) {
            case IDENTITY -> image;
            case SHEAR_X -> Affine.shear(strength.of(MOST_SHEARED), 0).apply(image);
            case SHEAR_Y -> Affine.shear(0, strength.of(MOST_SHEARED)).apply(image);
            case TRANSLATE_X ->
                Affine.translation(moved(strength, image.width()), 0).apply(image);
            case TRANSLATE_Y ->
                Affine.translation(0, moved(strength, image.height())).apply(image);
            case ROTATE ->
                Affine.rotation(strength.of(MOST_DEGREES), image.width(), image.height())
                        .apply(image);
            case BRIGHTNESS -> Enhancement.brightness(image, strength.factor());
            case COLOR -> Enhancement.color(image, strength.factor());
            case CONTRAST -> Enhancement.contrast(image, strength.factor());
            case SHARPNESS -> Enhancement.sharpness(image, strength.factor());
            case POSTERIZE -> LevelTable.posterize(bits(strength)).apply(image);
            case SOLARIZE -> LevelTable.solarize(255 - strength.of(255)).apply(image);
            case AUTO_CONTRAST -> Histogram.of(image).stretching().apply(image);
            case EQUALIZE -> Histogram.of(image).equalizing().apply(image);
        };
    }

    private static int moved(Strength strength, int side) {
        return (int) strength.of(MOST_MOVED * side);
    }

    /** 8 to 4. */
    private static int bits(Strength strength) {
        return 8 - (int) Math.rint(strength.magnitude() / 7.5);
    }
}
