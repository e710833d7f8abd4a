package org.elasticvision.runtime.image.video;

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
import static org.bytedeco.opencv.global.opencv_videoio.CAP_PROP_FRAME_COUNT;

/** OpenCV: cameras, and Motion-JPEG in AVI files where FFmpeg is not there. */
final class CaptureDecoder implements VideoDecoder {
    static {
        UnpackedLibraries.load();
    }

    private final String name;
    private final boolean live;
    private final VideoCapture capture;
    private final double framesPerSecond;
    private long frames;

    private CaptureDecoder(String name, boolean live, VideoCapture capture) {
        this.name = name;
        this.live = live;
        this.capture = capture;
        this.framesPerSecond = capture.get(CAP_PROP_FPS);
    }

    /** Opens a video file; {@code remedy} is what to do where OpenCV cannot read it. */
    static CaptureDecoder file(Path file, String remedy) {
        return open(
                file.toString(),
                false,
                capture -> capture.open(file.toString()),
                file + ": is not a video that OpenCV can read here; " + remedy);
    }

    static CaptureDecoder camera(int number) {
        CaptureDecoder camera = open(
                "camera " + number,
                true,
                capture -> capture.open(number),
                "camera " + number + " cannot be opened; check that it is connected, that no other program uses it and"
                        + " that this user may (on Linux: /dev/video" + number + ", group video)");
        camera.capture.set(CAP_PROP_BUFFERSIZE, 1); // old pictures are of no use; not every driver listens
        return camera;
    }

    private static CaptureDecoder open(String name, boolean live, Predicate<VideoCapture> open, String problem) {
        try {
            VideoCapture capture = new VideoCapture();
            try {
                if (open.test(capture) && capture.isOpened()) {
                    return new CaptureDecoder(name, live, capture);
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

    @Override
    public double framesPerSecond() {
        return framesPerSecond;
    }

    @Override
    public long frameCount() {
        return live ? 0 : Math.max(0, (long) capture.get(CAP_PROP_FRAME_COUNT));
    }

    /** A frame that cannot be decoded is given too: its image throws an {@link ImageException} when it is used. */
    @Override
    public Optional<VideoFrame> next(int skipped) {
        for (int i = 0; i <= skipped; i++) {
            if (!grab()) {
                if (live) {
                    throw new ElasticVisionException(
                            name + " gives no more pictures; check that it is still connected");
                }
                return Optional.empty();
            }
            frames++;
        }
        long number = frames - 1;
        double seconds = framesPerSecond > 0 ? number / framesPerSecond : 0;
        return Optional.of(new VideoFrame(number, seconds, retrieve(name + " frame " + number)));
    }

    private ImageSource retrieve(String frame) {
        try (Mat picture = new Mat()) {
            if (!capture.retrieve(picture) || picture.empty()) {
                return damaged(frame, null);
            }
            return ImageSource.of(rgb(picture), frame);
        } catch (RuntimeException e) { // cv::Exception
            return damaged(frame, e);
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

    /** OpenCV does not say: where frames are damaged, these say so themselves. */
    @Override
    public Optional<String> damage() {
        return Optional.empty();
    }

    @Override
    public void close() {
        capture.release();
        capture.close();
    }
}
