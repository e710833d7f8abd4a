package org.elasticvision.runtime.image;

import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ExifOrientation;
import org.elasticvision.runtime.image.codec.SizeLimit;
import org.elasticvision.runtime.image.codec.format.ImageFormats;
import org.elasticvision.runtime.image.codec.jpeg.ReducedDecoder;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.resample.InputGeometry;

/** An image in a file's form. */
sealed interface EncodedSource extends ImageSource permits EncodedFile, EncodedBytes {

    /** The whole file. */
    byte[] encoded();

    /** More than so many pixels are refused, whatever the caller allows. */
    default long maxPixels() {
        return MAX_PIXELS;
    }

    @Override
    default byte[] content() {
        return encoded();
    }

    @Override
    default RgbImage decode(Orientation orientation, long maxPixels) {
        return inspected(Math.min(maxPixels, maxPixels()), image -> image.decode(turn(image, orientation)));
    }

    /** Decodes the image at the scale that its use allows, as {@link Preprocessor#decodeReduced} says. */
    default DecodedImage decodeReduced(Orientation orientation, InputGeometry use) {
        return inspected(maxPixels(), image -> ReducedDecoder.decode(image, turn(image, orientation), use));
    }

    /** What is made of an image. */
    @FunctionalInterface
    interface Decoder<T> {
        T decode(EncodedImage image) throws DamagedImage;
    }

    private static ExifOrientation turn(EncodedImage image, Orientation orientation) {
        return switch (orientation) {
            case APPLY_EXIF -> image.exif();
            case IGNORE_EXIF -> ExifOrientation.UPRIGHT;
        };
    }

    private <T> T inspected(long maxPixels, Decoder<T> decoder) {
        byte[] encoded = encoded();
        try {
            return decoder.decode(ImageFormats.inspect(encoded, new SizeLimit(name(), maxPixels)));
        } catch (DamagedImage damage) {
            throw new ImageException(name() + ": " + damage.getMessage(), damage);
        } catch (OutOfMemoryError e) {
            throw new ImageException(
                    name() + ": not enough memory to decode it; give Java more with -Xmx or make the image smaller", e);
        }
    }
}
