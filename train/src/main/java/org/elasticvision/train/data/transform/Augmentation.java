package org.elasticvision.train.data.transform;

import java.util.Optional;
import org.elasticvision.train.data.transform.randaugment.RandAugment;

/**
 * How training images are varied; every example is varied anew in every epoch. Validation images never are.
 *
 * @param crop how classification and multi-label images are brought to the input size; segmentation does not ask
 * @param areaMin for {@link Crop#RESIZED} the smallest part of the image's area that a crop has, in (0, 1]
 * @param ratioMax for {@link Crop#RESIZED} the largest width : height of a crop; the smallest is its inverse
 * @param shift for {@link Crop#SHIFTED} the most pixels that the picture moves in each direction; black comes in
 * @param flip how often an image is mirrored left to right, in 0..1
 * @param scaleMin for segmentation the smallest factor of the size
 * @param scaleMax for segmentation the largest factor of the size, at most {@link #SCALE_LIMIT}
 * @param erasing how often a random rectangle of a classification or multi-label image is erased, in 0..1: torchvision's {@code
 *     RandomErasing}
 * @param randAugment the operations that a classification or multi-label image goes through after it may have been mirrored; empty
 *     for none
 * @param mixUp alpha of MixUp, which mixes the images of a classification or multi-label batch: torchvision's {@code v2.MixUp}; 0 for none
 * @param cutMix alpha of CutMix, likewise: torchvision's {@code v2.CutMix}. Of both, each batch has one, at random
 */
public record Augmentation(
        Crop crop,
        double areaMin,
        double ratioMax,
        int shift,
        double flip,
        double scaleMin,
        double scaleMax,
        double erasing,
        Optional<RandAugment> randAugment,
        double mixUp,
        double cutMix) {
    /** Nobody enlarges more, and memory goes with its square. */
    public static final double SCALE_LIMIT = 16;

    /** Then all shares are a half, but for a hundredth or two. */
    private static final double ALPHA_LIMIT = 1000;

    /** How an image is brought to the input size. */
    public enum Crop {
        /** A part of random area, shape and place is resized: torchvision's {@code RandomResizedCrop}. */
        RESIZED,
        /** As for validation, then moved by a few pixels: for small pictures, where torchvision's users pad and crop. */
        SHIFTED
    }

    public Augmentation {
        require(areaMin > 0 && areaMin <= 1, "areaMin", areaMin, "above 0 and at most 1");
        require(ratioMax >= 1 && ratioMax <= 100, "ratioMax", ratioMax, "between 1 and 100");
        require(shift >= 0, "shift", shift, "0 or more");
        require(flip >= 0 && flip <= 1, "flip", flip, "between 0 and 1");
        require(scaleMin > 0 && scaleMin <= scaleMax, "scaleMin", scaleMin, "above 0 and at most " + scaleMax);
        require(scaleMax <= SCALE_LIMIT, "scaleMax", scaleMax, "at most " + SCALE_LIMIT);
        require(erasing >= 0 && erasing <= 1, "erasing", erasing, "between 0 and 1");
        require(mixUp >= 0 && mixUp <= ALPHA_LIMIT, "mixUp", mixUp, "between 0 and 1000");
        require(cutMix >= 0 && cutMix <= ALPHA_LIMIT, "cutMix", cutMix, "between 0 and 1000");
    }

    /** With nothing erased, drawn or mixed. */
    public Augmentation(
            Crop crop, double areaMin, double ratioMax, int shift, double flip, double scaleMin, double scaleMax) {
        this(crop, areaMin, ratioMax, shift, flip, scaleMin, scaleMax, 0, Optional.empty(), 0, 0);
    }

    /**
     * As in the published {@code classify.py}, {@code multilabel_classify.py} and {@code segment.py}: crops of 8 to 100 % of
     * the area and 3:4 to 4:3, half of the images mirrored, sizes from a half to twice.
     *
     * @return the augmentation
     */
    public static Augmentation published() {
        return new Augmentation(Crop.RESIZED, 0.08, 4.0 / 3, 0, 0.5, 0.5, 2);
    }

    /**
     * {@return what is usual for the pictures of MNIST's and CIFAR's size: moved by up to 2 pixels (4 from 32 on), half
     * mirrored}
     *
     * @param side height and width of the images in pixels
     */
    public static Augmentation forSmall(int side) {
        return new Augmentation(Crop.SHIFTED, 1, 1, side < 32 ? 2 : 4, 0.5, 1, 1);
    }

    /**
     * None: images as for validation.
     *
     * @return no augmentation
     */
    public static Augmentation none() {
        return new Augmentation(Crop.SHIFTED, 1, 1, 0, 0, 1, 1);
    }

    /**
     * {@return these with another smallest share of the image}
     *
     * @param least the smallest share of the area that is cut out
     */
    public Augmentation withAreaMin(double least) {
        return new Augmentation(
                crop, least, ratioMax, shift, flip, scaleMin, scaleMax, erasing, randAugment, mixUp, cutMix);
    }

    /**
     * {@return these with crops of random area, of the published shapes where there were none before}
     *
     * @param least the smallest share of the area that is cut out
     */
    public Augmentation withCrops(double least) {
        double ratio = crop == Crop.RESIZED ? ratioMax : published().ratioMax;
        return new Augmentation(
                Crop.RESIZED, least, ratio, 0, flip, scaleMin, scaleMax, erasing, randAugment, mixUp, cutMix);
    }

    /**
     * {@return these with another share of mirrored images}
     *
     * @param often 0 to 1
     */
    public Augmentation withFlip(double often) {
        return new Augmentation(
                crop, areaMin, ratioMax, shift, often, scaleMin, scaleMax, erasing, randAugment, mixUp, cutMix);
    }

    /**
     * {@return these with other sizes}
     *
     * @param smallest the smallest factor
     * @param largest the largest factor
     */
    public Augmentation withScale(double smallest, double largest) {
        return new Augmentation(
                crop, areaMin, ratioMax, shift, flip, smallest, largest, erasing, randAugment, mixUp, cutMix);
    }

    /**
     * {@return these with rectangles erased}
     *
     * @param often 0 to 1
     */
    public Augmentation withErasing(double often) {
        return new Augmentation(
                crop, areaMin, ratioMax, shift, flip, scaleMin, scaleMax, often, randAugment, mixUp, cutMix);
    }

    /**
     * {@return these with RandAugment or without}
     *
     * @param operations which; empty for none
     */
    public Augmentation withRandAugment(Optional<RandAugment> operations) {
        return new Augmentation(
                crop, areaMin, ratioMax, shift, flip, scaleMin, scaleMax, erasing, operations, mixUp, cutMix);
    }

    /**
     * {@return these with MixUp of the images of a batch}
     *
     * @param alpha of the Beta distribution of an image's share; 0 for none
     */
    public Augmentation withMixUp(double alpha) {
        return new Augmentation(
                crop, areaMin, ratioMax, shift, flip, scaleMin, scaleMax, erasing, randAugment, alpha, cutMix);
    }

    /**
     * {@return these with CutMix of the images of a batch}
     *
     * @param alpha of the Beta distribution of an image's share; 0 for none
     */
    public Augmentation withCutMix(double alpha) {
        return new Augmentation(
                crop, areaMin, ratioMax, shift, flip, scaleMin, scaleMax, erasing, randAugment, mixUp, alpha);
    }

    private static void require(boolean holds, String field, double value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(field + " is " + value + "; it must be " + allowed);
        }
    }
}
