package org.elasticvision.runtime.image;

import org.elasticvision.runtime.ImageException;

/** An image in a file's form. */
sealed interface EncodedSource extends ImageSource permits EncodedFile, EncodedBytes {

    /** The whole file. */
    byte[] encoded();

    @Override
    default byte[] content() {
        return encoded();
    }

    @Override
    default RgbImage decode(Orientation orientation, long maxPixels) {
        byte[] encoded = encoded();
        try {
            EncodedImage image = EncodedImage.inspect(encoded, new SizeLimit(name(), maxPixels));
            return OpenCvDecoder.decode(image, orientation);
        } catch (DamagedImage damage) {
            throw new ImageException(name() + ": " + damage.getMessage(), damage);
        } catch (OutOfMemoryError e) {
            throw new ImageException(
                    name() + ": not enough memory to decode it; give Java more with -Xmx or make the image smaller", e);
        }
    }
}
