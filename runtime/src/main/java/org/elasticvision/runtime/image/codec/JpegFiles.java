package org.elasticvision.runtime.image.codec;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.pixels.RgbImage;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

/** JPEG files. Thread-safe. */
public final class JpegFiles {
    static {
        UnpackedLibraries.load();
    }

    private JpegFiles() {}

    /**
     * {@return a picture as the bytes of a JPEG file, its colours at half the resolution (4:2:0)}
     *
     * @param image the picture
     * @param quality 0 to 100
     * @throws ImageException if it cannot be encoded
     */
    public static byte[] encode(RgbImage image, int quality) {
        byte[] rgb = image.pixels();
        byte[] bgr = new byte[rgb.length];
        for (int i = 0; i < bgr.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        try (BytePointer pixels = new BytePointer(bgr);
                Mat mat = new Mat(image.height(), image.width(), CV_8UC3, pixels);
                IntPointer settings = new IntPointer(IMWRITE_JPEG_QUALITY, quality);
                BytePointer encoded = new BytePointer()) {
            if (!imencode(".jpg", mat, encoded, settings)) {
                throw new ImageException(image + " cannot be encoded as JPEG");
            }
            byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
            encoded.get(bytes);
            return bytes;
        } catch (LinkageError e) {
            throw OpenCvDecoder.unusable(e);
        }
    }
}
