package org.elasticvision.runtime.cli.prediction;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.video.VideoFrame;

/**
 * An image that the command line names, or a frame of a video that it names.
 *
 * @param path as it is named, {@code -} for standard input
 * @param source its pixels, or what is wrong with it
 * @param video that it is of
 * @param frame which one; empty where the video itself is what is wrong
 */
public record InputImage(Path path, ImageSource source, Optional<InputVideo> video, Optional<VideoFrame> frame) {
    /** {@return an image of its own} */
    static InputImage of(Path path, ImageSource source) {
        return new InputImage(path, source, Optional.empty(), Optional.empty());
    }

    /** {@return what answers call it} */
    public String name() {
        return path.toString();
    }

    /** {@return the name, of a frame with its number and time} */
    public String title() {
        return name()
                + frame.map(one -> String.format(Locale.ROOT, " frame %d (%.3f s)", one.number(), one.seconds()))
                        .orElse("");
    }

    /** {@return what says in JSON which image it is: {@code image}, of a frame also {@code frame} and {@code seconds}} */
    public JsonObject members() {
        JsonObject object = new JsonObject();
        object.addProperty("image", name());
        frame.ifPresent(one -> {
            object.addProperty("frame", one.number());
            object.addProperty("seconds", AnswerCells.seconds(one));
        });
        return object;
    }

    /** {@return what the command line named, by its identity: this, or the video} */
    public Object input() {
        return video.<Object>map(one -> one).orElse(this);
    }
}
