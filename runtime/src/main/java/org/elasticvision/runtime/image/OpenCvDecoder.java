package org.elasticvision.runtime.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_core.Mat;
import org.elasticvision.runtime.ElasticVisionException;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

/** Decodes with OpenCV's bundled libjpeg-turbo, libpng and libwebp. */
final class OpenCvDecoder {
    static {
        UnpackedLibraries.load();
    }

    private OpenCvDecoder() {}

    /** @param image of a size that was checked */
    static RgbImage decode(EncodedImage image, Orientation orientation) throws DamagedImage {
        int flags =
                switch (orientation) {
                    case APPLY_EXIF -> IMREAD_COLOR_RGB;
                    case IGNORE_EXIF -> IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION;
                };
        int length = image.bytes().length();
        try (BytePointer bytes = new BytePointer(length).put(image.bytes().array(), 0, length);
                Mat encoded = new Mat(1, length, CV_8UC1, bytes);
                Mat decoded = imdecode(encoded, flags)) {
            if (decoded.empty() || decoded.type() != CV_8UC3 || !sameSize(decoded, image)) {
                throw DamagedImage.damaged(image.bytes().format(), "it cannot be decoded");
            }
            return new RgbImage(decoded.cols(), decoded.rows(), pixels(decoded));
        } catch (LinkageError e) {
            throw unusable(e);
        } catch (RuntimeException e) { // cv::Exception
            throw DamagedImage.damaged(
                    image.bytes().format(),
                    "OpenCV: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    static ElasticVisionException unusable(LinkageError e) {
        return new ElasticVisionException(
                "OpenCV does not run on this machine (" + e.getMessage()
                        + "); put the jars of org.bytedeco opencv, openblas and javacpp for " + Loader.getPlatform()
                        + " on the class path",
                e);
    }

    /** imdecode's pictures have no padding between rows. */
    private static byte[] pixels(Mat decoded) {
        byte[] pixels = new byte[3 * decoded.cols() * decoded.rows()];
        try (BytePointer data = decoded.data()) {
            data.get(pixels);
        }
        return pixels;
    }

    private static boolean sameSize(Mat decoded, EncodedImage image) {
        return (decoded.cols() == image.width() && decoded.rows() == image.height())
                || (decoded.cols() == image.height() && decoded.rows() == image.width());
    }
}
