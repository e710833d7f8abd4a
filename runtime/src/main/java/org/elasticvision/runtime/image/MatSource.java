package org.elasticvision.runtime.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.elasticvision.runtime.ImageException;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;

/** An OpenCV picture, whose owner is the caller. */
record MatSource(Mat mat) implements ImageSource {
    @Override
    public String name() {
        return "OpenCV Mat";
    }

    @Override
    public RgbImage decode(Orientation orientation, long maxPixels) {
        if (mat.isNull() || mat.empty() || mat.dims() != 2) {
            throw new ImageException("OpenCV Mat: it is empty or closed; keep it open until the image has been used");
        }
        int type = mat.type();
        if (type != CV_8UC1 && type != CV_8UC3 && type != CV_8UC4) {
            throw new ImageException(
                    "OpenCV Mat: its type is " + type
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
                for (int x = 0, from = 0, to = 3 * y * width; x < width; x++, from += channels, to += 3) {
                    rgb[to] = row[channels == 1 ? from : from + 2];
                    rgb[to + 1] = row[channels == 1 ? from : from + 1];
                    rgb[to + 2] = row[from];
                }
            }
        }
        return new RgbImage(width, height, rgb);
    }
}
