package org.elasticvision.train.data.transform;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;

/** How an image becomes a network's input where the answer is about the whole image. Thread-safe. */
public interface ImageTransform {
    /**
     * Writes one input.
     *
     * @param random all that is random comes from here
     * @param images absolute positions from {@code offset} on are written, the buffer's own position stays
     */
    void write(RgbImage image, RandomGenerator random, FloatBuffer images, int offset);

    /**
     * {@return the transform of images to learn from, or to measure on}
     *
     * @param preprocessing from an image to the input of the network
     * @param augmentation how the images are varied; empty to measure on them
     */
    static ImageTransform of(Preprocessing preprocessing, Optional<Augmentation> augmentation) {
        return augmentation
                .map(variation -> training(preprocessing, variation))
                .orElseGet(() -> evaluation(preprocessing));
    }

    /** As the published model is evaluated, and as the runtime feeds it. */
    static ImageTransform evaluation(Preprocessing preprocessing) {
        Preprocessor preprocessor = new Preprocessor(preprocessing);
        return (image, random, images, offset) -> preprocessor.write(image, images, offset);
    }

    /**
     * Crop, then mirror, then normalise: the order of the published {@code classify.py}; RandAugment before it is normalised and
     * erasing after it, as in torchvision's reference.
     */
    static ImageTransform training(Preprocessing preprocessing, Augmentation augmentation) {
        ImageTransform whole = unerased(preprocessing, augmentation);
        RandomErasing erasing = new RandomErasing(augmentation.erasing());
        return (image, random, images, offset) -> {
            whole.write(image, random, images, offset);
            erasing.apply(images, offset, preprocessing.width(), preprocessing.height(), random);
        };
    }

    private static ImageTransform unerased(Preprocessing preprocessing, Augmentation augmentation) {
        Preprocessor preprocessor = new Preprocessor(preprocessing);
        boolean isOnePass = augmentation.crop() == Augmentation.Crop.RESIZED
                && augmentation.randAugment().isEmpty(); // which is of pixels
        if (isOnePass && preprocessing.interpolation() != Interpolation.NEAREST) {
            return (image, random, images, offset) -> {
                CropBox box = box(image, augmentation, random);
                boolean mirrored = random.nextDouble() < augmentation.flip();
                preprocessor.writePart(image, box.part(), mirrored, images, offset);
            };
        }
        return (image, random, images, offset) -> {
            RgbImage cropped =
                    switch (augmentation.crop()) {
                        case RESIZED -> resizedCrop(image, preprocessing, augmentation, random);
                        case SHIFTED -> shifted(preprocessor.fit(image), augmentation.shift(), random);
                    };
            RgbImage flipped = random.nextDouble() < augmentation.flip() ? Pixels.mirror(cropped) : cropped;
            RgbImage seen = augmentation
                    .randAugment()
                    .map(operations -> operations.apply(flipped, random))
                    .orElse(flipped);
            // a fit that pads leaves a smaller image
            int x = (1 + preprocessing.width() - seen.width()) / 2;
            int y = (1 + preprocessing.height() - seen.height()) / 2;
            preprocessor.normalise(seen, x, y, images, offset);
        };
    }

    private static RgbImage resizedCrop(
            RgbImage image, Preprocessing preprocessing, Augmentation augmentation, RandomGenerator random) {
        return Resampler.resize(
                Pixels.crop(image, box(image, augmentation, random)),
                preprocessing.width(),
                preprocessing.height(),
                preprocessing.interpolation());
    }

    private static CropBox box(RgbImage image, Augmentation augmentation, RandomGenerator random) {
        return CropBox.random(image.width(), image.height(), augmentation.areaMin(), augmentation.ratioMax(), random);
    }

    private static RgbImage shifted(RgbImage image, int most, RandomGenerator random) {
        int down = random.nextInt(2 * most + 1) - most;
        int right = random.nextInt(2 * most + 1) - most;
        return Pixels.shift(image, right, down);
    }
}
