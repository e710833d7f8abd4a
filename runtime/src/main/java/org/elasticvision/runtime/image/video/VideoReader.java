package org.elasticvision.runtime.image.video;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;

/**
 * Reads the frames of a video file or a camera one after the other. Files are read with FFmpeg where its jars are on the class
 * path ({@code org.bytedeco:ffmpeg}, which the {@code elastic} command has): MP4, MOV, Matroska, WebM, AVI, MPEG and more. The
 * OpenCV that comes along reads Motion-JPEG in AVI files without it, and on Linux cameras through V4L2.
 *
 * <p>With FFmpeg, frames are turned as the file's display matrix says, whatever is done with the EXIF data of photos, and become RGB
 * by the matrix and range that the file names (BT.601 and limited where it names none). {@code docs/predict.md} says more.
 *
 * <p>Thread-safe. It owns native memory: close it. {@link #close()} waits for a call that is running.
 */
public final class VideoReader implements AutoCloseable {
    private final String name;
    private final VideoDecoder decoder;
    private final double framesPerSecond;
    private boolean closed;

    private VideoReader(String name, VideoDecoder decoder) {
        this.name = name;
        this.decoder = decoder;
        this.framesPerSecond = decoder.framesPerSecond();
    }

    /**
     * Opens a video file.
     *
     * @param file the file
     * @return the open video
     * @throws ElasticVisionException if it is missing, or no video that can be read
     */
    public static VideoReader open(Path file) {
        if (!Files.exists(file)) {
            throw new ElasticVisionException(file + " does not exist; check the path of the video");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ElasticVisionException(
                    file + ": is not a file that may be read; give a video file, and allow it");
        }
        VideoDecoder decoder = FfmpegLibrary.problem()
                .<VideoDecoder>map(problem -> CaptureDecoder.file(
                        file,
                        "FFmpeg, which reads all kinds, is not there: " + problem
                                + ". Or convert it to Motion-JPEG with"
                                + " 'ffmpeg -i VIDEO -c:v mjpeg -q:v 3 -an VIDEO.avi'"))
                .orElseGet(() -> FfmpegDecoder.open(file));
        return new VideoReader(file.toString(), decoder);
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
        return new VideoReader("camera " + number, CaptureDecoder.camera(number));
    }

    /** {@return frames for each second as the file or the camera says, on average; 0 where it says nothing} */
    public double framesPerSecond() {
        return framesPerSecond > 0 && Double.isFinite(framesPerSecond) ? framesPerSecond : 0;
    }

    /** {@return about how many frames a file has, as it says itself; 0 where it does not, and for cameras} */
    public synchronized long frameCount() {
        requireOpen();
        return decoder.frameCount();
    }

    /**
     * Reads the image of the next frame, as {@link #nextFrame(int)} does.
     *
     * @return empty at the end of a file
     * @throws ElasticVisionException if a camera gives no more pictures
     * @throws IllegalStateException after {@link #close()}
     */
    public Optional<ImageSource> next() {
        return nextFrame(0).map(VideoFrame::image);
    }

    /**
     * Reads the next frame; of a camera, waits for it. A frame that cannot be decoded is left out, which {@link #damage()} then
     * says; without FFmpeg it is given too, and its image throws an {@link ImageException} when it is used.
     *
     * @param skipped how many frames are left out before it, at least 0; they are decoded, for others depend on them
     * @return empty at the end of a file
     * @throws ElasticVisionException if a camera gives no more pictures
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized Optional<VideoFrame> nextFrame(int skipped) {
        Check.atLeast("skipped", skipped, 0);
        requireOpen();
        return decoder.next(skipped);
    }

    /**
     * {@return what was found to be damaged in the part that has been read, one line that names the file; at the end of the file
     * also that it ends too early} Empty where nothing was.
     */
    public synchronized Optional<String> damage() {
        requireOpen();
        return decoder.damage();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(name + " is closed: open it again, or close it after the last call");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            decoder.close();
        }
    }
}
