package org.elasticvision.runtime.image.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.io.AtomicFile;

/**
 * Writes a video file: Motion-JPEG in AVI, or, where FFmpeg's jars are on the class path ({@code org.bytedeco:ffmpeg}), H.264 in
 * MP4, by the name's ending. The file is there when it is whole, or not at all.
 *
 * <pre>{@code
 * VideoWriter.write(Path.of("out.avi"), 25, video -> {
 *     for (RgbImage frame : frames) {
 *         video.write(frame);
 *     }
 * });
 * }</pre>
 *
 * <p>Whoever does not have all frames in one place begins one, writes to it, {@linkplain #publish publishes} and closes it. One
 * thread at a time may use it. It owns native memory.
 */
public final class VideoWriter implements AutoCloseable {
    private static final int MOST_FRAMES_PER_SECOND = 1000;

    private final Path target;
    private final double framesPerSecond;
    private final AtomicFile.Draft draft;
    private final VideoEncoder encoder;
    private int width;
    private int height;
    private int frames;

    private VideoWriter(Path target, double framesPerSecond, boolean mp4) throws IOException {
        this.target = target;
        this.framesPerSecond = framesPerSecond;
        this.draft = AtomicFile.draft(target);
        this.encoder = mp4
                ? new H264Encoder(draft.path(), framesPerSecond)
                : new MotionJpegEncoder(draft.path(), framesPerSecond);
        draft.path().toFile().deleteOnExit(); // large, so not to be left by Ctrl-C
    }

    /**
     * Begins a video. Closing it before it is published leaves no file, and an older one as it was.
     *
     * @param target a name that ends in {@code .avi} or {@code .mp4}; an older file is replaced
     * @param framesPerSecond at which it is to be played, 1 to 1000; an AVI keeps the nearest whole number
     * @return the video, without a frame
     * @throws ElasticVisionException if the file cannot be written
     */
    public static VideoWriter begin(Path target, double framesPerSecond) {
        if (!(framesPerSecond >= 1 && framesPerSecond <= MOST_FRAMES_PER_SECOND)) {
            throw new IllegalArgumentException(
                    "frames per second " + framesPerSecond + " must be between 1 and " + MOST_FRAMES_PER_SECOND);
        }
        String name = target.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".avi") && !name.endsWith(".mp4")) {
            throw new ElasticVisionException(
                    target + ": videos are written as AVI or MP4; give a file name that ends in .avi or .mp4");
        }
        boolean mp4 = name.endsWith(".mp4");
        if (mp4) {
            FfmpegLibrary.problem().ifPresent(problem -> {
                throw new ElasticVisionException(target + ": MP4 is written with FFmpeg; " + problem);
            });
        }
        try {
            return new VideoWriter(target, framesPerSecond, mp4);
        } catch (IOException e) {
            throw AtomicFile.failure(target, e);
        } catch (LinkageError e) {
            throw VideoLibrary.missing(e);
        }
    }

    /**
     * Writes a video; what {@code frames} throws goes through, and leaves no file.
     *
     * @param target a name that ends in {@code .avi} or {@code .mp4}; an older file is replaced
     * @param framesPerSecond at which it is to be played, 1 to 1000; an AVI keeps the nearest whole number
     * @param frames writes the frames, at least one
     * @throws ElasticVisionException if the file cannot be written or no frame was
     */
    public static void write(Path target, double framesPerSecond, Consumer<? super VideoWriter> frames) {
        try (VideoWriter video = begin(target, framesPerSecond)) {
            frames.accept(video);
            video.publish();
        }
    }

    /**
     * Adds a frame at the steady rate.
     *
     * @param image of the size of the first one
     * @throws ElasticVisionException if the file cannot be written
     */
    public void write(RgbImage image) {
        write(image, frames / framesPerSecond);
    }

    /**
     * Adds a frame.
     *
     * @param image of the size of the first one
     * @param seconds when it is shown; an AVI has a steady rate and does not keep it
     * @throws ElasticVisionException if the file cannot be written
     */
    public void write(RgbImage image, double seconds) {
        if (frames == 0) {
            width = image.width();
            height = image.height();
        }
        if (image.width() != width || image.height() != height) {
            throw new IllegalArgumentException("frame " + frames + " is " + image.width() + "x" + image.height()
                    + ", the first one " + width + "x" + height);
        }
        named(() -> encoder.write(image, seconds));
        frames++;
    }

    /**
     * The file is whole and takes its name.
     *
     * @throws ElasticVisionException if it cannot be written, or has no frame
     */
    public void publish() {
        if (frames == 0) {
            throw new ElasticVisionException(target + ": no frame was to be written, so there is no video");
        }
        named(encoder::finish);
        try {
            draft.publish();
        } catch (IOException e) {
            throw AtomicFile.failure(target, e);
        }
    }

    /** What goes wrong names the file. */
    private void named(Runnable work) {
        try {
            work.run();
        } catch (ElasticVisionException e) {
            throw new ElasticVisionException(target + ": " + e.getMessage(), e);
        }
    }

    /** Takes away what was not published. */
    @Override
    public void close() {
        encoder.close();
        try {
            draft.close();
        } catch (IOException e) {
            throw new ElasticVisionException(
                    draft.path() + ": cannot be deleted, though it is not whole; delete it", e);
        }
    }
}
