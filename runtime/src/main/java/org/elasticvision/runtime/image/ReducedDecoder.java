package org.elasticvision.runtime.image;

/** Decodes at a half, a quarter or an eighth of the size where that is enough for the image's use. */
final class ReducedDecoder {
    private ReducedDecoder() {}

    static DecodedImage decode(EncodedImage image, Orientation orientation, InputGeometry use) throws DamagedImage {
        if (image.scalable()) {
            ExifOrientation exif = image.turn(orientation);
            int width = (int) (exif.turned() ? image.height() : image.width());
            int height = (int) (exif.turned() ? image.width() : image.height());
            int reduction = use.reduction(width, height);
            if (reduction > 1) {
                Extent across = Extent.reduced(width, reduction, exif.reversedAcross());
                Extent down = Extent.reduced(height, reduction, exif.reversedDown());
                return new DecodedImage(OpenCvDecoder.decode(image, exif, reduction), across, down);
            }
        }
        return DecodedImage.of(image.decode(orientation));
    }
}
