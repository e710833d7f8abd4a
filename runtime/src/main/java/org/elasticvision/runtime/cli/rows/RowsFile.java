package org.elasticvision.runtime.cli.rows;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.CsvText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A row for each image, in CSV or JSON Lines by the name's ending, written as they come under a temporary name. Closing deletes what was not
 * published. For one thread.
 */
public final class RowsFile implements AutoCloseable {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final Path file;
    private final boolean csv;
    private final AtomicFile.Draft draft;
    private final BufferedWriter writer;

    /**
     * Begins the file.
     *
     * @param file whose ending {@link #check} has accepted
     * @param columns of a CSV file
     */
    public RowsFile(Path file, List<String> columns) {
        this.file = file;
        this.csv = isCsv(file);
        try {
            draft = AtomicFile.draft(file);
            draft.path().toFile().deleteOnExit(); // Ctrl-C
            writer = Files.newBufferedWriter(draft.path());
        } catch (IOException e) {
            throw failure(e);
        }
        if (csv) {
            line(CsvText.line(columns));
        }
    }

    /**
     * Refuses an ending that says no form.
     *
     * @param command in whose name wrong usage is reported
     * @param option that names the file
     * @param file the file
     * @throws ParameterException if it ends neither in .csv nor in .jsonl, in any case
     */
    public static void check(CommandSpec command, String option, Path file) {
        if (!isCsv(file) && !name(file).endsWith(".jsonl")) {
            throw new ParameterException(
                    command.commandLine(),
                    option + " " + file + " must end in .csv or .jsonl, which says in what form it is written");
        }
    }

    private static boolean isCsv(Path file) {
        return name(file).endsWith(".csv");
    }

    private static String name(Path file) {
        return file.toString().toLowerCase(Locale.ROOT);
    }

    /**
     * Writes a row; only the form that the file has is asked for.
     *
     * @param cells as many as there are columns
     * @param object the same as JSON
     */
    public void add(Supplier<? extends List<?>> cells, Supplier<JsonObject> object) {
        line(csv ? CsvText.line(cells.get()) : GSON.toJson(object.get()));
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
    public void publish() {
        try {
            writer.close();
            draft.publish();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private ElasticVisionException failure(IOException e) {
        return AtomicFile.failure(file, e);
    }

    @Override
    public void close() {
        try (AtomicFile.Draft unpublished = draft) {
            writer.close();
        } catch (IOException e) {
            // a failure to write has been thrown already
        }
    }
}
