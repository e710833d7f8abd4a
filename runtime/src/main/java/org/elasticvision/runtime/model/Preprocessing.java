package org.elasticvision.runtime.model;

import java.util.List;
import java.util.Objects;

/**
 * How an image becomes a network's input: float32 NCHW, RGB, {@code (pixel / 255 - mean) / std}.
 *
 * @param fit how the image is brought to the input size
 * @param resize for {@link Fit#RESIZE_AND_CROP} the length of the short side before the crop; for the others 0
 * @param height input height in pixels
 * @param width input width in pixels
 * @param interpolation the resize filter
 * @param mean per channel (R, G, B), in 0..1
 * @param std per channel (R, G, B), in 0..1
 * @param view whether photos are turned upright as their EXIF data say
 */
public record Preprocessing(
        Fit fit,
        int resize,
        int height,
        int width,
        Interpolation interpolation,
        List<Float> mean,
        List<Float> std,
        View view) {

    /** The usual ImageNet statistics, which all published Elastic models use. */
    public static final List<Float> IMAGENET_MEAN = List.of(0.485f, 0.456f, 0.406f);

    /** The standard deviation of the training images in each channel, R, G, B. */
    public static final List<Float> IMAGENET_STD = List.of(0.229f, 0.224f, 0.225f);

    /** How an image is brought to the input size. */
    public enum Fit {
        /** The short side is resized to {@code resize}, then the centre is cropped: ImageNet evaluation. */
        RESIZE_AND_CROP,
        /** Both sides are resized, the aspect ratio is lost: the published MSCOCO evaluation. */
        STRETCH,
        /**
         * The image keeps its size and is centred on zeros (after normalising): the published PASCAL VOC evaluation. A
         * larger image is first shrunk, its aspect ratio kept.
         */
        PAD
    }

    public Preprocessing {
        Objects.requireNonNull(view, "view");
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("input size " + height + "x" + width + " must be at least 1x1");
        }
        if (fit == Fit.RESIZE_AND_CROP && resize < Math.max(height, width)) {
            throw new IllegalArgumentException(
                    "resize " + resize + " must be at least the crop " + height + "x" + width);
        }
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != 3 || std.size() != 3 || std.stream().anyMatch(s -> !(s > 0))) {
            throw new IllegalArgumentException("mean " + mean + " and std " + std + " must have 3 values, std above 0");
        }
        if (!mean.stream().allMatch(Float::isFinite) || !std.stream().allMatch(Float::isFinite)) {
            throw new IllegalArgumentException("mean " + mean + " and std " + std + " must be finite numbers");
        }
        if (std.stream().anyMatch(s -> s < Float.MIN_NORMAL)) { // to divide by it gives infinity
            throw new IllegalArgumentException("std " + std + " must be at least " + Float.MIN_NORMAL);
        }
    }

    /**
     * One that does not say which view of photos it is about.
     *
     * @param fit how the image is brought to the input size
     * @param resize for {@link Fit#RESIZE_AND_CROP} the length of the short side before the crop
     * @param height input height in pixels
     * @param width input width in pixels
     * @param interpolation the resize filter
     * @param mean per channel (R, G, B), in 0..1
     * @param std per channel (R, G, B), in 0..1
     */
    public Preprocessing(
            Fit fit,
            int resize,
            int height,
            int width,
            Interpolation interpolation,
            List<Float> mean,
            List<Float> std) {
        this(fit, resize, height, width, interpolation, mean, std, View.UNSTATED);
    }

    /**
     * {@return the same with another {@link #view() view}}
     *
     * @param other in place of the present one
     */
    public Preprocessing withView(View other) {
        return new Preprocessing(fit, resize, height, width, interpolation, mean, std, other);
    }

    /**
     * {@return the same with a {@link #view() view}, if it has none}
     *
     * @param other where this does not say it
     */
    public Preprocessing withViewUnlessStated(View other) {
        return withView(view.or(other));
    }

    /**
     * {@return the published evaluation of a task at an input size: 224 pixels of 256 for classification, and in
     * proportion}
     *
     * @param task what the network is for
     * @param height in pixels
     * @param width in pixels
     */
    public static Preprocessing published(Task task, int height, int width) {
        return switch (task) {
            case CLASSIFICATION ->
                imagenet(Fit.RESIZE_AND_CROP, Math.round(Math.max(height, width) * 256 / 224f), height, width);
            case MULTI_LABEL -> imagenet(Fit.STRETCH, 0, height, width);
            case SEGMENTATION -> imagenet(Fit.PAD, 0, height, width);
        };
    }

    private static Preprocessing imagenet(Fit fit, int resize, int height, int width) {
        return new Preprocessing(fit, resize, height, width, Interpolation.BILINEAR, IMAGENET_MEAN, IMAGENET_STD);
    }
}
