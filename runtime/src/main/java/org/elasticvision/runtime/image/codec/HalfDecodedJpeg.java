package org.elasticvision.runtime.image.codec;

import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageReader;
import org.bytedeco.javacpp.BytePointer;

/**
 * JPEGs whose coded pixels end before the picture does. libjpeg makes the rest of them grey, which OpenCV hands out as a
 * picture. So one whose last pixel is just that grey is decoded once more, by the JDK's libjpeg, which tells what it misses;
 * of all others that pixel has been decoded.
 */
final class HalfDecodedJpeg {
    private static final byte GREY = (byte) 128;
    private static final String ENDS_EARLY = "premature end of data segment";

    private HalfDecodedJpeg() {}

    /**
     * Refuses an image of which pixels are missing.
     *
     * @param last its last pixel, as decoded
     */
    static void refuse(EncodedImage image, BytePointer last) throws DamagedImage {
        if (image.bytes().format().equals(EncodedImage.JPEG)
                && last.get(0) == GREY
                && last.get(1) == GREY
                && last.get(2) == GREY
                && endsEarly(image.bytes())) {
            throw DamagedImage.damaged(EncodedImage.JPEG, "its coded pixels end before the picture does");
        }
    }

    private static boolean endsEarly(ImageBytes jpeg) {
        AtomicBoolean early = new AtomicBoolean();
        ImageReader reader = JdkImages.reader("jpeg");
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.contains(ENDS_EARLY)) {
                early.set(true);
            }
        });
        try {
            JdkImages.read(reader, jpeg, one -> one.readRaster(0, null));
        } catch (DamagedImage notForThatReader) {
            return early.get(); // such as an arithmetic-coded one
        }
        return early.get();
    }
}
