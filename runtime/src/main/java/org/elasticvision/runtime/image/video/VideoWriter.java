package org.elasticvision.runtime.image.video;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_videoio.VideoCapture;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.codec.UnpackedLibraries;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.io.AtomicFile;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_videoio.CAP_OPENCV_MJPEG;
import static org.bytedeco.opencv.global.opencv_videoio.CAP_PROP_FRAME_COUNT;

/**
 * Writes a video file: Motion-JPEG in AVI, which every player and FFmpeg read. The file is there when it is whole, or not at
 * all.
 *
 * <pre>{@code
 * VideoWriter.write(Path.of("out.avi"), 25, video -> {
 *     for (RgbImage frame : frames) {
 *         video.write(frame);
 *     }
 * });
 * }</pre>
 *
 * <p>One thread at a time may use it.
 */
public final class VideoWriter {
    static {
        UnpackedLibraries.load();
    }

    private static final int MOST_FRAMES_PER_SECOND = 1000;

    private final String file;
    private final double framesPerSecond;
    private final org.bytedeco.opencv.opencv_videoio.VideoWriter writer;
    private int width;
    private int height;
    private int frames;

    private VideoWriter(String file, double framesPerSecond, org.bytedeco.opencv.opencv_videoio.VideoWriter writer) {
        this.file = file;
        this.framesPerSecond = framesPerSecond;
        this.writer = writer;
    }

    /**
     * Writes a video; what {@code frames} throws goes through, and leaves no file.
     *
     * @param target a name that ends in {@code .avi}; an older file is replaced
     * @param framesPerSecond at which it is to be played, 1 to 1000; the file keeps the nearest whole number
     * @param frames writes the frames, at least one
     * @throws ElasticVisionException if the file cannot be written or no frame was
     */
    public static void write(Path target, double framesPerSecond, Consumer<? super VideoWriter> frames) {
        if (!(framesPerSecond >= 1 && framesPerSecond <= MOST_FRAMES_PER_SECOND)) {
            throw new IllegalArgumentException(
                    "frames per second " + framesPerSecond + " must be between 1 and " + MOST_FRAMES_PER_SECOND);
        }
        if (!target.toString().toLowerCase(Locale.ROOT).endsWith(".avi")) {
            throw new ElasticVisionException(
                    target + ": videos are written as AVI; give a file name that ends in .avi");
        }
        try {
            AtomicFile.replace(target, temporary -> writeTo(temporary, target, framesPerSecond, frames));
        } catch (LinkageError e) {
            throw VideoLibrary.missing(e);
        }
    }

    private static void writeTo(
            Path temporary, Path target, double framesPerSecond, Consumer<? super VideoWriter> frames) {
        int written;
        try (org.bytedeco.opencv.opencv_videoio.VideoWriter writer =
                new org.bytedeco.opencv.opencv_videoio.VideoWriter()) {
            VideoWriter video = new VideoWriter(temporary.toString(), framesPerSecond, writer);
            frames.accept(video);
            writer.release();
            written = video.frames;
        }
        if (written == 0) {
            throw new ElasticVisionException(target + ": no frame was to be written, so there is no video");
        }
        if (frameCount(temporary) != written) { // the native writer does not say when the disk is full
            throw new ElasticVisionException(target + ": could not be written whole; make room on the disk");
        }
    }

    private static int frameCount(Path file) {
        try (VideoCapture video = new VideoCapture(file.toString(), CAP_OPENCV_MJPEG)) {
            return (int) video.get(CAP_PROP_FRAME_COUNT);
        }
    }

    /**
     * Adds a frame.
     *
     * @param image of the size of the first one
     * @throws ElasticVisionException if the file cannot be written
     */
    public void write(RgbImage image) {
        if (frames == 0) {
            begin(image.width(), image.height());
        }
        if (image.width() != width || image.height() != height) {
            throw new IllegalArgumentException("frame " + frames + " is " + image.width() + "x" + image.height()
                    + ", the first one " + width + "x" + height);
        }
        byte[] bgr = bgr(image.pixels());
        try (BytePointer pixels = new BytePointer(bgr);
                Mat frame = new Mat(height, width, CV_8UC3, pixels)) {
            writer.write(frame);
        }
        frames++;
    }

    private void begin(int firstWidth, int firstHeight) {
        width = firstWidth;
        height = firstHeight;
        int motionJpeg =
                org.bytedeco.opencv.opencv_videoio.VideoWriter.fourcc((byte) 'M', (byte) 'J', (byte) 'P', (byte) 'G');
        try (Size size = new Size(width, height)) {
            if (!writer.open(file, CAP_OPENCV_MJPEG, motionJpeg, framesPerSecond, size, true)) {
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
}
