package org.elasticvision.runtime.image;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.codec.SizeLimit;
import org.elasticvision.runtime.image.pixels.RgbImage;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;

/** An OpenCV picture, whose owner is the caller. */
record MatSource(Mat mat) implements ImageSource {
    /** OpenCV's names of its depths, by number. */
    private static final List<String> DEPTHS = List.of("8U", "8S", "16U", "16S", "32S", "32F", "64F", "16F");

    @Override
    public String name() {
        return "OpenCV Mat";
    }

    @Override
    public RgbImage decode(Orientation orientation, long maxPixels) {
        if (mat.isNull()) {
            throw new ImageException("OpenCV Mat: it is closed; keep it open until the image has been used");
        }
        if (mat.empty()) {
            throw new ImageException(
                    "OpenCV Mat: it is empty; check what should have filled it (imread gives an empty one"
                            + " for a file that it cannot read)");
        }
        if (mat.dims() != 2) {
            throw new ImageException("OpenCV Mat: it has " + mat.dims()
                    + " dimensions, not 2 (rows and columns, with the colours as channels); reshape it first");
        }
        int type = mat.type();
        if (type != CV_8UC1 && type != CV_8UC3 && type != CV_8UC4) {
            throw new ImageException(
                    "OpenCV Mat: its type is " + typeName()
                            + ", not CV_8UC1 (grey), CV_8UC3 (BGR) or CV_8UC4 (BGRA); convert it with Mat.convertTo or cvtColor");
        }
        new SizeLimit(name(), maxPixels).check(mat.cols(), mat.rows());
        int width = mat.cols();
        int height = mat.rows();
        int channels = mat.channels();
        byte[] row = new byte[width * channels];
        byte[] rgb = new byte[3 * width * height];
        try (BytePointer data = mat.data()) {
            for (int y = 0; y < height; y++) {
                data.position(y * mat.step(0)).get(row);
                if (channels == 3) {
                    copyBgr(row, rgb, 3 * width * y);
                } else {
                    copy(row, channels, rgb, 3 * width * y);
                }
            }
        }
        return new RgbImage(width, height, rgb);
    }

    /** Such as {@code CV_32FC3}. */
    private String typeName() {
        return mat.depth() < DEPTHS.size() ? "CV_" + DEPTHS.get(mat.depth()) + "C" + mat.channels() : "" + mat.type();
    }

    /** The usual kind has a loop of its own, which Java's compiler makes twice as fast as that for any kind. */
    private static void copyBgr(byte[] row, byte[] rgb, int start) {
        for (int at = 0; at < row.length; at += 3) {
            rgb[start + at] = row[at + 2];
            rgb[start + at + 1] = row[at + 1];
            rgb[start + at + 2] = row[at];
        }
    }

    private static void copy(byte[] row, int channels, byte[] rgb, int start) {
        int green = channels == 1 ? 0 : 1;
        int red = channels == 1 ? 0 : 2;
        for (int from = 0, to = start; from < row.length; from += channels, to += 3) {
            rgb[to] = row[from + red];
            rgb[to + 1] = row[from + green];
            rgb[to + 2] = row[from];
        }
    }
}
