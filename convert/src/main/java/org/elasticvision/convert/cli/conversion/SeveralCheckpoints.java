package org.elasticvision.convert.cli.conversion;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.file.CheckpointSearch;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.Failures;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.model.ModelInfo;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Converts several checkpoints, each on its own: what is wrong with one does not stop the others. */
public final class SeveralCheckpoints {
    private final CommandSpec command;
    private final List<ConversionRow> unsearchable = new ArrayList<>();
    private final Map<Path, CheckpointSearch.Found> found = new LinkedHashMap<>();

    /**
     * Looks for what was named.
     *
     * @param command in whose name wrong usage is reported
     * @param named files, folders and patterns
     */
    public SeveralCheckpoints(CommandSpec command, List<Path> named) {
        this.command = command;
        for (Path path : named) {
            try {
                CheckpointSearch.of(path).forEach(one -> found.putIfAbsent(place(one.file()), one));
            } catch (CheckpointException e) {
                unsearchable.add(ConversionRow.failed(path, e.getMessage()));
            }
        }
    }

    /** Converts one checkpoint. */
    @FunctionalInterface
    public interface Converter {
        /**
         * Writes the model.
         *
         * @return what it says of itself
         */
        ModelInfo convert(Path checkpoint, Path model) throws IOException;
    }

    /**
     * Converts all that was found and prints a table.
     *
     * @param folder to write into, the files laid out as they were found; empty for beside each checkpoint
     * @param ending of the models' names
     * @param converter converts one of them
     * @return the exit code: 1 if any failed
     * @throws ParameterException before the work, if two models would have one name
     */
    public int convert(Optional<Path> folder, String ending, Converter converter) {
        Map<CheckpointSearch.Found, Path> models = models(folder, ending);
        PrintWriter out = command.commandLine().getOut();
        List<ConversionRow> rows = new ArrayList<>(unsearchable);
        try (Outputs outputs = new Outputs(command)) {
            folder.ifPresent(path -> outputs.folder("-o", path));
            models.forEach((one, model) -> {
                long start = System.nanoTime();
                ConversionRow row = convert(one.file(), model, converter);
                rows.add(row);
                out.printf(
                        Locale.ROOT,
                        "%s: %s, %.1f s (%d of %d)%n",
                        one.file(),
                        row.isDone() ? "converted" : "failed",
                        (System.nanoTime() - start) / 1e9,
                        rows.size() - unsearchable.size(),
                        models.size());
                out.flush();
            });
        }
        out.println();
        ConversionRow.table(rows).forEach(out::println);
        out.flush();
        long failed = rows.stream().filter(row -> !row.isDone()).count();
        if (failed > 0) {
            command.commandLine()
                    .getErr()
                    .println("elastic: " + failed + " of " + rows.size()
                            + " checkpoints could not be converted; the table says why");
        }
        return failed == 0 ? 0 : 1;
    }

    private ConversionRow convert(Path checkpoint, Path model, Converter converter) {
        try (Outputs outputs = new Outputs(command)) {
            outputs.reads("the checkpoint", checkpoint);
            if (Files.exists(checkpoint)) {
                outputs.file(ConversionRow.MODEL, model);
            }
            return ConversionRow.done(checkpoint, model, converter.convert(checkpoint, model), Files.size(model));
        } catch (ElasticVisionException | ParameterException e) {
            return ConversionRow.failed(checkpoint, e.getMessage());
        } catch (IOException | RuntimeException e) {
            return ConversionRow.failed(checkpoint, Failures.message(e));
        }
    }

    private Map<CheckpointSearch.Found, Path> models(Optional<Path> folder, String ending) {
        Map<CheckpointSearch.Found, Path> models = new LinkedHashMap<>();
        Map<Path, Path> checkpoints = new HashMap<>();
        for (CheckpointSearch.Found one : found.values()) {
            Path model = folder.map(path -> ModelName.of(path.resolve(one.name()), ending))
                    .orElseGet(() -> ModelName.of(one.file(), ending));
            if (found.containsKey(place(model))) {
                throw wrong("the model of " + one.file() + " would be written over " + model
                        + ", which is to be converted; give -o a folder");
            }
            Path other = checkpoints.putIfAbsent(place(model), one.file());
            if (other != null) {
                throw wrong(other + " and " + one.file() + " would both become " + model
                        + "; convert one of them in a call of its own, with -o");
            }
            models.put(one, model);
        }
        return models;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private static Path place(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
