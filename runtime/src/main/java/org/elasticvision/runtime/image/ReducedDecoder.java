package org.elasticvision.runtime.image;

/** Decodes at a half, a quarter or an eighth of the size where that is enough for the image's use. */
final class ReducedDecoder {
    private ReducedDecoder() {}

    static DecodedImage decode(EncodedImage image, Orientation orientation, InputGeometry use) throws DamagedImage {
        if (image.scalable()) {
            ExifOrientation exif =
                    switch (orientation) {
                        case APPLY_EXIF -> image.exif();
                        case IGNORE_EXIF -> ExifOrientation.UPRIGHT;
                    };
            int width = (int) (exif.turned() ? image.height() : image.width());
            int height = (int) (exif.turned() ? image.width() : image.height());
            int reduction = use.reduction(width, height);
            if (reduction > 1) {
                Extent across = Extent.reduced(width, reduction, exif.reversedAcross());
                Extent down = Extent.reduced(height, reduction, exif.reversedDown());
                RgbImage pixels = OpenCvDecoder.decode(image, orientation, reduction);
                // else OpenCV has read another orientation out of a damaged file: then its own size is what counts
                if (pixels.width() == across.pixels() && pixels.height() == down.pixels()) {
                    return new DecodedImage(pixels, across, down);
                }
            }
        }
        return DecodedImage.of(OpenCvDecoder.decode(image, orientation));
    }
}
