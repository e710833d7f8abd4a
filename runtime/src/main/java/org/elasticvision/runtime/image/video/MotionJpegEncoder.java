package org.elasticvision.runtime.image.video;

import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_videoio.VideoCapture;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.codec.UnpackedLibraries;
import org.elasticvision.runtime.image.pixels.RgbImage;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_videoio.CAP_OPENCV_MJPEG;
import static org.bytedeco.opencv.global.opencv_videoio.CAP_PROP_FRAME_COUNT;

/** Motion-JPEG in AVI, by OpenCV. Times are those of a steady rate. */
final class MotionJpegEncoder implements VideoEncoder {
    static {
        UnpackedLibraries.load();
    }

    private final Path file;
    private final double framesPerSecond;
    private final org.bytedeco.opencv.opencv_videoio.VideoWriter writer =
            new org.bytedeco.opencv.opencv_videoio.VideoWriter();
    private int frames;

    MotionJpegEncoder(Path file, double framesPerSecond) {
        this.file = file;
        this.framesPerSecond = framesPerSecond;
    }

    @Override
    public void write(RgbImage image, double seconds) {
        if (frames == 0) {
            begin(image.width(), image.height());
        }
        byte[] bgr = bgr(image.pixels());
        try (BytePointer pixels = new BytePointer(bgr);
                Mat frame = new Mat(image.height(), image.width(), CV_8UC3, pixels)) {
            writer.write(frame);
        }
        frames++;
    }

    private void begin(int width, int height) {
        int motionJpeg =
                org.bytedeco.opencv.opencv_videoio.VideoWriter.fourcc((byte) 'M', (byte) 'J', (byte) 'P', (byte) 'G');
        try (Size size = new Size(width, height)) {
            if (!writer.open(file.toString(), CAP_OPENCV_MJPEG, motionJpeg, framesPerSecond, size, true)) {
                throw new ElasticVisionException("OpenCV cannot write a video of " + width + "x" + height
                        + " pixels at " + framesPerSecond + " frames per second; give another size");
            }
        }
    }

    private static byte[] bgr(byte[] rgb) {
        byte[] bgr = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        return bgr;
    }

    @Override
    public void finish() {
        writer.release();
        try (VideoCapture video = new VideoCapture(file.toString(), CAP_OPENCV_MJPEG)) {
            if ((int) video.get(CAP_PROP_FRAME_COUNT)
                    != frames) { // the native writer does not say when the disk is full
                throw new ElasticVisionException("the video could not be written whole; make room on the disk");
            }
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
