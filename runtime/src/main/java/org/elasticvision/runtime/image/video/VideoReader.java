package org.elasticvision.runtime.image.video;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_videoio.VideoCapture;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.codec.UnpackedLibraries;
import org.elasticvision.runtime.image.pixels.RgbImage;

import static org.bytedeco.opencv.global.opencv_videoio.CAP_PROP_BUFFERSIZE;
import static org.bytedeco.opencv.global.opencv_videoio.CAP_PROP_FPS;

/**
 * Reads the frames of a video file or a camera one after the other. The OpenCV that comes along reads Motion-JPEG in AVI
 * files, and on Linux cameras through V4L2; one that was built with FFmpeg reads what that reads.
 *
 * <p>Thread-safe. It owns native memory: close it. {@link #close()} waits for a call that is running.
 */
public final class VideoReader implements AutoCloseable {
    static {
        UnpackedLibraries.load();
    }

    private final String name;
    private final boolean live;
    private final VideoCapture capture;
    private final double framesPerSecond;
    private long frames;
    private boolean closed;

    private VideoReader(String name, boolean live, VideoCapture capture) {
        this.name = name;
        this.live = live;
        this.capture = capture;
        this.framesPerSecond = capture.get(CAP_PROP_FPS);
    }

    /**
     * Opens a video file.
     *
     * @param file the file
     * @return the open video
     * @throws ElasticVisionException if it is missing, or no video that OpenCV can read
     */
    public static VideoReader open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ElasticVisionException(file + " does not exist; check the path of the video");
        }
        return open(
                file.toString(),
                false,
                capture -> capture.open(file.toString()),
                file + ": is not a video that OpenCV can read here; convert it to Motion-JPEG with"
                        + " 'ffmpeg -i VIDEO -c:v mjpeg -q:v 3 -an VIDEO.avi'");
    }

    /**
     * Opens a camera, with the size and speed that it has by itself.
     *
     * @param number counted from 0
     * @return the open camera
     * @throws ElasticVisionException if there is none or it cannot be opened
     */
    public static VideoReader camera(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("camera " + number + " must be 0 (the first) or more");
        }
        VideoReader camera = open(
                "camera " + number,
                true,
                capture -> capture.open(number),
                "camera " + number + " cannot be opened; check that it is connected, that no other program uses it and"
                        + " that this user may (on Linux: /dev/video" + number + ", group video)");
        camera.capture.set(CAP_PROP_BUFFERSIZE, 1); // old pictures are of no use; not every driver listens
        return camera;
    }

    private static VideoReader open(String name, boolean live, Predicate<VideoCapture> open, String problem) {
        try {
            VideoCapture capture = new VideoCapture();
            try {
                if (open.test(capture) && capture.isOpened()) {
                    return new VideoReader(name, live, capture);
                }
            } catch (RuntimeException e) { // cv::Exception
                capture.close();
                throw new ElasticVisionException(problem, e);
            }
            capture.close();
            throw new ElasticVisionException(problem);
        } catch (LinkageError e) {
            throw VideoLibrary.missing(e);
        }
    }

    /** {@return frames for each second as the file or the camera says; 0 where it says nothing} */
    public double framesPerSecond() {
        return framesPerSecond > 0 && Double.isFinite(framesPerSecond) ? framesPerSecond : 0;
    }

    /**
     * Reads the next frame; of a camera, waits for it. A frame that cannot be decoded is given too: its image throws an
     * {@link ImageException} when it is used.
     *
     * @return empty at the end of a file
     * @throws ElasticVisionException if a camera gives no more pictures
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized Optional<ImageSource> next() {
        if (closed) {
            throw new IllegalStateException(name + " is closed: open it again, or close it after the last call");
        }
        if (!grab()) {
            if (live) {
                throw new ElasticVisionException(name + " gives no more pictures; check that it is still connected");
            }
            return Optional.empty();
        }
        String frame = name + " frame " + frames++;
        try (Mat picture = new Mat()) {
            if (!capture.retrieve(picture) || picture.empty()) {
                return Optional.of(damaged(frame, null));
            }
            return Optional.of(ImageSource.of(rgb(picture), frame));
        } catch (RuntimeException e) { // cv::Exception
            return Optional.of(damaged(frame, e));
        }
    }

    private boolean grab() {
        try {
            return capture.grab();
        } catch (RuntimeException e) { // cv::Exception
            throw new ElasticVisionException(
                    name + ": cannot be read any further after frame " + frames
                            + "; the video is damaged, so copy or convert it again",
                    e);
        }
    }

    private static RgbImage rgb(Mat picture) {
        return ImageSource.of(picture).decode(Orientation.IGNORE_EXIF);
    }

    private static ImageSource damaged(String frame, RuntimeException cause) {
        return ImageSource.of(
                () -> {
                    throw new ImageException(frame + ": cannot be decoded; the video is damaged there", cause);
                },
                frame);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            capture.release();
            capture.close();
        }
    }
}
