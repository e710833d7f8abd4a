package org.elasticvision.runtime.cli.evaluation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.evaluation.Evaluation.AnsweredImage;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.CsvText;
import org.elasticvision.runtime.model.ModelInfo;

/** A line for each answered image, in CSV or JSON Lines, written as they come under a temporary name. For one thread. */
final class PredictionsFile implements Consumer<AnsweredImage>, AutoCloseable {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final Path file;
    private final ModelInfo info;
    private final boolean csv;
    private final AtomicFile.Draft draft;
    private final BufferedWriter writer;

    /** Begins the file. Its name's extension decides its form. */
    PredictionsFile(Path file, ModelInfo info) {
        this.file = file;
        this.info = info;
        this.csv = isCsv(file);
        try {
            draft = AtomicFile.draft(file);
            writer = Files.newBufferedWriter(draft.path());
        } catch (IOException e) {
            throw failure(e);
        }
        if (csv) {
            line(CsvText.line(PredictionRows.columns(info.task(), info.labels())));
        }
    }

    static boolean isCsv(Path file) {
        return name(file).endsWith(".csv");
    }

    static boolean isJsonLines(Path file) {
        return name(file).endsWith(".jsonl");
    }

    private static String name(Path file) {
        return file.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public void accept(AnsweredImage image) {
        line(
                csv
                        ? CsvText.line(PredictionRows.cells(image, info.labels()))
                        : GSON.toJson(PredictionRows.json(image, info.labels())));
    }

    private void line(String text) {
        try {
            writer.write(text);
            writer.write('\n');
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The file is whole and takes its name. */
    void publish() {
        try {
            writer.close();
            draft.publish();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private ElasticVisionException failure(IOException e) {
        return new ElasticVisionException(file + ": cannot be written: " + e.getMessage(), e);
    }

    /** Deletes what was not published. */
    @Override
    public void close() {
        try (AtomicFile.Draft unpublished = draft) {
            writer.close();
        } catch (IOException e) {
            // a failure to write has been thrown already
        }
    }
}
