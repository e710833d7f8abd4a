package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.answer.Framing;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.image.resample.Span;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.data.transform.Pixels;

/**
 * How an image and its mask become input and target of a network that answers for every pixel; around the image the target
 * is {@link SegmentationMetrics#VOID}. Thread-safe.
 */
public interface SegmentationTransform {
    /**
     * Writes one input.
     *
     * @param mask of the image's size
     * @param random all that is random comes from here
     * @param images absolute positions from {@code offset} on are written, the buffer's own position stays
     * @return the target of this one image
     */
    Target.Masks write(RgbImage image, IndexImage mask, RandomGenerator random, FloatBuffer images, int offset);

    /**
     * {@return the transform of images to learn from, or to measure on}
     *
     * @param preprocessing from an image to the input of the network
     * @param augmentation how the images are varied; empty to measure on them
     */
    static SegmentationTransform of(Preprocessing preprocessing, Optional<Augmentation> augmentation) {
        return augmentation
                .map(variation -> training(preprocessing, variation))
                .orElseGet(() -> evaluation(preprocessing));
    }

    /**
     * As the published model is evaluated, and as the runtime feeds it. Of an image larger than the input, which the runtime
     * shrinks, the mask is shrunk too, to the nearest pixels: the loss is taken there, and measures on the mask as it was drawn.
     */
    static SegmentationTransform evaluation(Preprocessing preprocessing) {
        if (preprocessing.fit() == Preprocessing.Fit.RESIZE_AND_CROP) {
            throw new IllegalArgumentException("segmentation needs a preprocessing that shows the whole image");
        }
        Preprocessor preprocessor = new Preprocessor(preprocessing);
        return (image, mask, random, images, offset) -> {
            Letterbox seen = preprocessor.write(image, images, offset);
            byte[] pixels = Resampler.resizePlane(
                    mask.indices(), mask.width(), mask.height(), seen.width(), seen.height(), Interpolation.NEAREST);
            Framing framing =
                    new Framing(preprocessing.width(), preprocessing.height(), seen, mask.width(), mask.height());
            return place(pixels, seen, preprocessing, List.of(new Target.WholeMask(mask, framing)));
        };
    }

    /**
     * Mirrored, scaled (log-uniform; the image by Lanczos, the mask to the nearest pixel), padded, cropped: order, rounding
     * and filters of {@code preprocess} in the published {@code utils.py}. Only the part that is seen is resized.
     */
    static SegmentationTransform training(Preprocessing preprocessing, Augmentation augmentation) {
        Preprocessor preprocessor = new Preprocessor(preprocessing);
        return (image, mask, random, images, offset) -> {
            boolean flip = random.nextDouble() < augmentation.flip();
            RgbImage picture = flip ? Pixels.mirror(image) : image;
            byte[] classes = flip ? Pixels.mirror(mask.indices(), mask.width(), mask.height(), 1) : mask.indices();
            double scale = scale(augmentation, random);
            Window down = Window.random(scaled(image.height(), scale), preprocessing.height(), random);
            Window across = Window.random(scaled(image.width(), scale), preprocessing.width(), random);
            Span columns = across.span();
            Span rows = down.span();
            RgbImage seen = Resampler.resize(picture, columns, rows, Interpolation.LANCZOS);
            preprocessor.normalise(seen, across.at(), down.at(), images, offset);
            byte[] pixels =
                    Resampler.resizePlane(classes, mask.width(), mask.height(), columns, rows, Interpolation.NEAREST);
            Letterbox place = new Letterbox(across.at(), down.at(), columns.count(), rows.count());
            return place(pixels, place, preprocessing, List.of());
        };
    }

    private static double scale(Augmentation augmentation, RandomGenerator random) {
        double least = StrictMath.log(augmentation.scaleMin()); // strict: the same scales on every machine
        double most = StrictMath.log(augmentation.scaleMax());
        return StrictMath.exp(least + random.nextDouble() * (most - least));
    }

    /** Rounded half to even as Python does; the published code fails where nothing is left, here a pixel is. */
    private static int scaled(int length, double scale) {
        return (int) Math.max(1, Math.rint(length * scale));
    }

    private static Target.Masks place(
            byte[] pixels, Letterbox place, Preprocessing preprocessing, List<Target.WholeMask> whole) {
        byte[] target = new byte[Math.multiplyExact(preprocessing.height(), preprocessing.width())];
        Arrays.fill(target, (byte) SegmentationMetrics.VOID);
        for (int y = 0; y < place.height(); y++) {
            int at = (place.y() + y) * preprocessing.width() + place.x();
            System.arraycopy(pixels, y * place.width(), target, at, place.width());
        }
        return new Target.Masks(target, preprocessing.height(), preprocessing.width(), whole);
    }
}
