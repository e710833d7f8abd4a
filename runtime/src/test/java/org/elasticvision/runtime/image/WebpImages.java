package org.elasticvision.runtime.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.elasticvision.runtime.image.pixels.RgbImage;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

/** Makes WebP files, of which there are none among the reference images. */
public final class WebpImages {
    private WebpImages() {}

    public static byte[] lossy(RgbImage image) {
        return encode(image, 90);
    }

    /** A quality above 100 is OpenCV's word for lossless. */
    public static byte[] lossless(RgbImage image) {
        return encode(image, 101);
    }

    private static byte[] encode(RgbImage image, int quality) {
        byte[] bgr = bgr(image);
        try (BytePointer pixels = new BytePointer(bgr);
                Mat mat = new Mat(image.height(), image.width(), CV_8UC3, pixels);
                BytePointer encoded = new BytePointer();
                IntPointer parameters = new IntPointer(IMWRITE_WEBP_QUALITY, quality)) {
            imencode(".webp", mat, encoded, parameters);
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    static byte[] bgr(RgbImage image) {
        byte[] bgr = new byte[image.pixels().length];
        for (int i = 0; i < bgr.length; i += 3) {
            bgr[i] = image.pixels()[i + 2];
            bgr[i + 1] = image.pixels()[i + 1];
            bgr[i + 2] = image.pixels()[i];
        }
        return bgr;
    }
}
