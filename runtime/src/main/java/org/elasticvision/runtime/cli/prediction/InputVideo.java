package org.elasticvision.runtime.cli.prediction;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.video.VideoFrame;
import org.elasticvision.runtime.image.video.VideoReader;

/** A video that the command line names, opened when its first frame is asked for and closed behind the last one. For one thread. */
public final class InputVideo implements AutoCloseable {
    /** How the names of videos end, in lower case; in names the case does not matter. The launcher knows them too. */
    static final Set<String> EXTENSIONS = Set.of(
            "3gp", "avi", "flv", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts", "ogv", "ts", "webm", "wmv");

    private final Path path;
    private final int every;
    private VideoReader reader;
    private boolean ended;
    private volatile double framesPerSecond;

    InputVideo(Path path, int every) {
        this.path = path;
        this.every = every;
    }

    /** {@return whether a name is that of a video} */
    static boolean isMeant(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.contains(".") && EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    Path path() {
        return path;
    }

    /** {@return how many of the frames that are asked for come in a second, 0 where nothing says; known with the first of them} */
    double framesPerSecond() {
        return framesPerSecond / every;
    }

    /** {@return about how many frames will be asked about; 0 where nothing says} */
    long frameCount() {
        try (VideoReader video = VideoReader.open(path)) {
            return (video.frameCount() + every - 1) / every;
        } catch (ElasticVisionException e) {
            return 0; // said when its turn comes
        }
    }

    /** {@return the next frame; behind the last one, once, what is wrong with the video, if anything is} */
    Optional<InputImage> next() {
        if (ended) {
            return Optional.empty();
        }
        try {
            int skipped = every - 1;
            if (reader == null) {
                reader = VideoReader.open(path);
                framesPerSecond = reader.framesPerSecond();
                skipped = 0;
            }
            Optional<VideoFrame> frame = reader.nextFrame(skipped);
            return frame.isPresent() ? frame.map(this::image) : end(reader.damage());
        } catch (ElasticVisionException e) {
            return end(Optional.of(e.getMessage()));
        }
    }

    private InputImage image(VideoFrame frame) {
        return new InputImage(path, frame.image(), Optional.of(this), Optional.of(frame));
    }

    private Optional<InputImage> end(Optional<String> problem) {
        close();
        return problem.map(said -> new InputImage(
                path,
                ImageSource.of(
                        () -> {
                            throw new ImageException(said);
                        },
                        path.toString()),
                Optional.of(this),
                Optional.empty()));
    }

    @Override
    public void close() {
        ended = true;
        if (reader != null) {
            reader.close();
        }
    }
}
