package org.elasticvision.runtime.image.codec.jpeg;

import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ExifOrientation;
import org.elasticvision.runtime.image.codec.OpenCvDecoder;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.pixels.Extent;
import org.elasticvision.runtime.image.resample.InputGeometry;

/** Decodes at a half, a quarter or an eighth of the size where that is enough for the image's use. */
public final class ReducedDecoder {
    private ReducedDecoder() {}

    public static DecodedImage decode(EncodedImage image, ExifOrientation turn, InputGeometry use) throws DamagedImage {
        if (image.scalable()) {
            int width = (int) (turn.turned() ? image.height() : image.width());
            int height = (int) (turn.turned() ? image.width() : image.height());
            int reduction = use.reduction(width, height);
            if (reduction > 1) {
                Extent across = Extent.reduced(width, reduction, turn.reversedAcross());
                Extent down = Extent.reduced(height, reduction, turn.reversedDown());
                return new DecodedImage(OpenCvDecoder.decode(image, turn, reduction), across, down);
            }
        }
        return DecodedImage.of(image.decode(turn));
    }
}
