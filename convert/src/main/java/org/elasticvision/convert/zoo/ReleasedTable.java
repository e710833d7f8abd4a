package org.elasticvision.convert.zoo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;

/** Reads the table of released models; whatever is wrong in it is refused with its line. */
final class ReleasedTable {
    /** What the resource says. */
    static final List<ReleasedModel> MODELS = resource();

    private static final int COLUMNS = 4;
    private static final String NOT_RELEASED = "-";

    private ReleasedTable() {}

    private static List<ReleasedModel> resource() {
        try (InputStream in = ReleasedTable.class.getResourceAsStream("released.tsv");
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException naming the line that is not a model
     */
    static List<ReleasedModel> read(Reader source) throws IOException {
        List<ReleasedModel> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        BufferedReader lines = new BufferedReader(source);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.startsWith("#")) {
                ReleasedModel model = model(line);
                require(names.add(model.name()), line, "a second model of this name");
                models.add(model);
            }
        }
        return List.copyOf(models);
    }

    private static ReleasedModel model(String line) {
        String[] columns = line.split("\t", -1);
        require(columns.length == COLUMNS, line, columns.length + " columns instead of " + COLUMNS);
        String name = columns[0];
        Architecture architecture;
        Task task;
        try {
            architecture = Architecture.of(columns[1]);
            task = Task.of(columns[2]);
        } catch (ElasticVisionException e) {
            throw new IllegalArgumentException("released model '" + line + "': " + e.getMessage(), e);
        }
        require(architecture.isPublished(), line, architecture + " is not of the published code");
        require(architecture.supports(task), line, architecture + " has no form for " + task);
        Optional<String> address = Optional.of(columns[3]).filter(text -> !text.equals(NOT_RELEASED));
        Optional<String> file = address.map(text -> text.substring(text.lastIndexOf('/') + 1));
        require(
                file.isEmpty() || file.get().startsWith(name + ".pth"),
                line,
                "the address does not end with the model's file, " + name + ".pth or .pth.tar");
        return new ReleasedModel(name, architecture, task, file, address);
    }

    private static void require(boolean holds, String line, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("released model '" + line + "': " + otherwise);
        }
    }
}
