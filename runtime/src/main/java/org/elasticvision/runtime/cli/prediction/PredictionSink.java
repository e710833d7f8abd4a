package org.elasticvision.runtime.cli.prediction;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.cli.output.AnswerRow;
import org.elasticvision.runtime.cli.rows.RowsFile;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** Writes the files about the answers of one command. Any number of threads may {@link #draw}; all else is for one thread. */
public final class PredictionSink implements AutoCloseable {
    private final List<PictureFiles> pictures;
    private final Optional<FrameDrawing> frames;
    private final Optional<AnswerTable> table;
    private int rows;

    /**
     * What becomes of the frames of videos.
     *
     * @param drawing draws on them, by any thread
     * @param videos takes them in order
     */
    record FrameDrawing(AnnotatedFiles drawing, AnnotatedVideos videos) {}

    /**
     * The rows about the answers.
     *
     * @param file they are in
     * @param columns how many there are
     * @param frames whether some are about frames of videos
     */
    record AnswerTable(RowsFile file, int columns, boolean frames) {}

    PredictionSink(List<PictureFiles> pictures, Optional<FrameDrawing> frames, Optional<AnswerTable> table) {
        this.pictures = pictures;
        this.frames = frames;
        this.table = table;
    }

    /**
     * Writes the pictures about an image, or draws on a frame.
     *
     * @param image that was asked about
     * @param answer of the model
     * @param shown the classes to show, in their order
     * @return the frame that {@link #add} is to be given, if it is to be in a video
     */
    public Optional<RgbImage> draw(InputImage image, Prediction answer, List<AnswerRow> shown) {
        if (image.frame().isPresent()) {
            return frames.map(to -> to.drawing().draw(image, answer, shown));
        }
        pictures.forEach(files -> files.write(image, answer, shown));
        return Optional.empty();
    }

    /** {@return the pictures about an image, by the names of the members in JSON} */
    public Map<String, Path> pictures(InputImage image) {
        Map<String, Path> files = new TreeMap<>();
        pictures.forEach(one -> files.putAll(one.of(image)));
        return files;
    }

    /**
     * Writes the row of an image and the frame of a video.
     *
     * @param image that was asked about
     * @param answer of the model
     * @param shown the classes to show, in their order
     * @param drawn what {@link #draw} has returned
     * @param object as {@code --json} prints it
     */
    public void add(
            InputImage image,
            Prediction answer,
            List<AnswerRow> shown,
            Optional<RgbImage> drawn,
            Supplier<JsonObject> object) {
        drawn.ifPresent(picture -> frames.orElseThrow().videos().add(image, picture));
        table.ifPresent(to -> {
            to.file().add(() -> AnswerCells.cells(image, answer, shown, to.columns(), to.frames()), object);
            rows++;
        });
    }

    /** All images have been answered: the last video and the table take their names, the table unless none of them could be. */
    public void publish() {
        frames.ifPresent(to -> to.videos().publish());
        if (rows > 0) {
            table.ifPresent(to -> to.file().publish());
        }
    }

    /** Takes away what is not whole. */
    @Override
    public void close() {
        try {
            frames.ifPresent(to -> to.videos().close());
        } finally {
            table.ifPresent(to -> to.file().close());
        }
    }
}
