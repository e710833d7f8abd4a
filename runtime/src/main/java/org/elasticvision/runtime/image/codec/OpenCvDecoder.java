package org.elasticvision.runtime.image.codec;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_core.Mat;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.LinkErrors;
import org.elasticvision.runtime.image.pixels.Extent;
import org.elasticvision.runtime.image.pixels.RgbImage;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.transpose;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_BGR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

/** Decodes with OpenCV's bundled libjpeg-turbo, libpng and libwebp. */
public final class OpenCvDecoder {
    static {
        UnpackedLibraries.load();
    }

    private OpenCvDecoder() {}

    /** Decodes an image whose size was checked. */
    public static RgbImage decode(EncodedImage image, ExifOrientation turn) throws DamagedImage {
        return decode(image, turn, 1);
    }

    /**
     * Decodes at a reduced scale, sides rounded up.
     *
     * @param image of a size that was checked
     * @param turn how the pixels are turned
     * @param reduction 1, or 2, 4 or 8 of an image that is scalable
     */
    public static RgbImage decode(EncodedImage image, ExifOrientation turn, int reduction) throws DamagedImage {
        int flags = reducing(reduction) | IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION;
        int length = image.bytes().length();
        try (BytePointer bytes = new BytePointer(length).put(image.bytes().array(), 0, length);
                Mat encoded = new Mat(1, length, CV_8UC1, bytes);
                Mat decoded = imdecode(encoded, flags)) {
            if (decoded.empty() || decoded.type() != CV_8UC3 || !sameSize(decoded, image, reduction)) {
                throw DamagedImage.damaged(image.bytes().format(), "it cannot be decoded");
            }
            HalfDecodedJpeg.refuse(image, decoded.ptr(decoded.rows() - 1, decoded.cols() - 1));
            turn(decoded, turn);
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

    /** In native memory, as OpenCV would by itself if it found the same orientation. */
    private static void turn(Mat image, ExifOrientation turn) {
        if (turn.turned()) {
            transpose(image, image);
        }
        if (turn.reversedAcross() || turn.reversedDown()) {
            flip(image, image, turn.reversedAcross() && turn.reversedDown() ? -1 : turn.reversedAcross() ? 1 : 0);
        }
    }

    static ElasticVisionException unusable(LinkageError e) {
        String problem = LinkErrors.ofSystem(e)
                .orElseGet(() -> e.getMessage() + "; put the jars of org.bytedeco opencv, openblas and javacpp for "
                        + Loader.getPlatform() + " on the class path");
        return new ElasticVisionException("OpenCV does not run on this machine: " + problem, e);
    }

    /** imdecode's pictures have no padding between rows. */
    private static byte[] pixels(Mat decoded) {
        byte[] pixels = new byte[3 * decoded.cols() * decoded.rows()];
        try (BytePointer data = decoded.data()) {
            data.get(pixels);
        }
        return pixels;
    }

    private static boolean sameSize(Mat decoded, EncodedImage image, int reduction) {
        int width = Extent.pixels(image.width(), reduction);
        int height = Extent.pixels(image.height(), reduction);
        return decoded.cols() == width && decoded.rows() == height;
    }

    /** The bit of the flags; OpenCV's own names stand for that with the bit for colour, whose order would be BGR. */
    private static int reducing(int reduction) {
        return switch (reduction) {
            case 1 -> 0;
            case 2 -> IMREAD_REDUCED_COLOR_2 & ~IMREAD_COLOR_BGR;
            case 4 -> IMREAD_REDUCED_COLOR_4 & ~IMREAD_COLOR_BGR;
            case 8 -> IMREAD_REDUCED_COLOR_8 & ~IMREAD_COLOR_BGR;
            default -> throw new IllegalArgumentException("reduction " + reduction + " must be 1, 2, 4 or 8");
        };
    }
}
