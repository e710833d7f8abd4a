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

/** Writes the files about the answers of one command. Any number of threads may {@link #draw}; all else is for one thread. */
public final class PredictionSink implements AutoCloseable {
    private final List<PictureFiles> pictures;
    private final List<String> columns;
    private final Optional<RowsFile> table;
    private int rows;

    PredictionSink(List<PictureFiles> pictures, List<String> columns, Optional<RowsFile> table) {
        this.pictures = pictures;
        this.columns = columns;
        this.table = table;
    }

    /**
     * Writes the pictures about an image.
     *
     * @param image that was asked about
     * @param answer of the model
     * @param shown the classes to show, in their order
     */
    public void draw(InputImage image, Prediction answer, List<AnswerRow> shown) {
        pictures.forEach(files -> files.write(image, answer, shown));
    }

    /** {@return the pictures about an image, by the names of the members in JSON} */
    public Map<String, Path> pictures(InputImage image) {
        Map<String, Path> files = new TreeMap<>();
        pictures.forEach(one -> files.putAll(one.of(image)));
        return files;
    }

    /**
     * Writes the row of an image.
     *
     * @param image that was asked about
     * @param answer of the model
     * @param shown the classes to show, in their order
     * @param object as {@code --json} prints it
     */
    public void add(InputImage image, Prediction answer, List<AnswerRow> shown, Supplier<JsonObject> object) {
        table.ifPresent(file -> {
            file.add(() -> AnswerCells.cells(image.name(), answer, shown, columns.size()), object);
            rows++;
        });
    }

    /** All images have been answered: the table takes its name, unless none of them could be. */
    public void publish() {
        if (rows > 0) {
            table.ifPresent(RowsFile::publish);
        }
    }

    /** Takes away what is not whole. */
    @Override
    public void close() {
        table.ifPresent(RowsFile::close);
    }
}
