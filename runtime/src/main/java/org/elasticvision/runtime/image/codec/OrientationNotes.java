package org.elasticvision.runtime.image.codec;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image file says about how it is turned, in its Exif part or in its XMP part. They count as in Pillow's {@code
 * exif_transpose}: the Exif tag where there is one, whatever its value, else XMP.
 */
public final class OrientationNotes {
    public static final String EXIF_PREFIX = "Exif\0\0";
    private static final Pattern IN_XMP = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

    private boolean exifSeen;
    private Optional<ExifOrientation> exif = Optional.empty();
    private Optional<ExifOrientation> xmp = Optional.empty();

    /**
     * Takes the first Exif part that a file has.
     *
     * @param at where it begins, with its prefix or without it, as WebP and PNG have both
     */
    public void exif(ImageBytes bytes, long at) {
        if (exifSeen) {
            return; // Pillow takes it for the rest of the first
        }
        exifSeen = true;
        long tiff = at;
        while (bytes.hasAt(tiff, EXIF_PREFIX)) {
            tiff += EXIF_PREFIX.length();
        }
        exif = ExifOrientation.read(bytes, tiff);
    }

    public void xmp(String text) {
        Matcher matcher = IN_XMP.matcher(text);
        xmp = matcher.find() ? Optional.of(ExifOrientation.of(Integer.parseInt(matcher.group(1)))) : Optional.empty();
    }

    public void xmp(ImageBytes bytes, long at, long length) {
        xmp(bytes.latin1(at, length));
    }

    public ExifOrientation orientation() {
        return exif.or(() -> xmp).orElse(ExifOrientation.UPRIGHT);
    }
}
