package org.elasticvision.train.outcome;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.train.progress.MetricsRecord;

/**
 * The figures of a run in two files that always say the same: {@code NAME.jsonl}, a JSON object a line, which is what is read
 * again, and {@code NAME.csv}, a table with a column for each figure that any record has. After every record both are whole.
 * Not thread-safe; one process at a time.
 */
final class MetricsLog {
    private static final String STEP = "step";
    private static final String EPOCH = "epoch";

    private final Path lines;
    private final Path table;
    private final List<MetricsRecord> records;

    private MetricsLog(Path folder, String name, List<MetricsRecord> records) {
        this.lines = folder.resolve(name + ".jsonl");
        this.table = folder.resolve(name + ".csv");
        this.records = new ArrayList<>(records);
    }

    /**
     * Begins a log; with its first record what an earlier run left under this name is replaced.
     *
     * @param folder of the run
     * @param name of the files, without ending
     * @return the log
     */
    static MetricsLog start(Path folder, String name) {
        return new MetricsLog(folder, name, List.of());
    }

    /**
     * Goes on with a log after a resume: records later than the checkpoint are dropped, for they will come again. Writes nothing before
     * there is a record more.
     *
     * @param folder the folder
     * @param name the log's name, without an ending
     * @param epochs that the checkpoint has seen to their ends
     * @return the log
     * @throws ElasticVisionException if the log cannot be read; a missing one is begun
     */
    static MetricsLog resume(Path folder, String name, int epochs) {
        Path file = folder.resolve(name + ".jsonl");
        List<MetricsRecord> kept = Files.exists(file)
                ? read(file).stream().filter(record -> record.epoch() <= epochs).toList()
                : List.of();
        return new MetricsLog(folder, name, kept);
    }

    /**
     * Reads a log's lines. A last line that is cut off, as a killed process leaves it, is passed over.
     *
     * @param file the file
     * @return its records, in order
     * @throws ElasticVisionException if the file is missing or holds anything else
     */
    static List<MetricsRecord> read(Path file) {
        List<String> texts;
        try {
            texts = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new ElasticVisionException(file + " does not exist; give the metrics of a run", e);
        } catch (IOException e) {
            throw new ElasticVisionException(file + ": cannot be read: " + e.getMessage(), e);
        }
        List<MetricsRecord> records = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                records.add(parse(texts.get(i)));
            } catch (JsonParseException
                    | IllegalStateException
                    | IllegalArgumentException
                    | NullPointerException
                    | ClassCastException
                    | UnsupportedOperationException e) { // whatever Gson throws where a value is of another kind
                if (i < texts.size() - 1) {
                    throw new ElasticVisionException(
                            file + ": line " + (i + 1) + " is not a record of metrics; move the file away", e);
                }
            }
        }
        return List.copyOf(records);
    }

    /**
     * Adds a record.
     *
     * @param record later than the last one
     * @throws IllegalArgumentException if it is earlier than the last one
     */
    void add(MetricsRecord record) {
        if (!records.isEmpty()
                && record.step() < records.get(records.size() - 1).step()) {
            throw new IllegalArgumentException("step " + record.step() + " comes after "
                    + records.get(records.size() - 1).step());
        }
        records.add(record);
        save();
    }

    /** {@return all records, the oldest first} */
    List<MetricsRecord> records() {
        return List.copyOf(records);
    }

    /** Writes both files anew: a few kilobytes, and never half a record. */
    private void save() {
        write(lines, records.stream().map(MetricsLog::json).toList());
        Set<String> names = new LinkedHashSet<>();
        records.forEach(record -> names.addAll(record.values().keySet()));
        List<String> rows = new ArrayList<>();
        rows.add(STEP + "," + EPOCH + names.stream().map(name -> "," + name).collect(Collectors.joining()));
        for (MetricsRecord record : records) {
            StringBuilder row =
                    new StringBuilder().append(record.step()).append(',').append(record.epoch());
            for (String name : names) {
                Double value = record.values().get(name);
                row.append(',').append(value == null ? "" : value.toString());
            }
            rows.add(row.toString());
        }
        write(table, rows);
    }

    private static void write(Path file, List<String> rows) {
        String text = rows.stream().map(row -> row + "\n").collect(Collectors.joining());
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String json(MetricsRecord record) {
        JsonObject object = new JsonObject();
        object.addProperty(STEP, record.step());
        object.addProperty(EPOCH, record.epoch());
        record.values()
                .forEach((name, value) ->
                        // JSON has no word for what is not a number.
                        object.add(
                                name,
                                Double.isFinite(value) ? new JsonPrimitive(value) : new JsonPrimitive(value + "")));
        return object.toString();
    }

    private static MetricsRecord parse(String line) {
        JsonObject object = JsonParser.parseString(line).getAsJsonObject();
        Map<String, Double> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            if (!entry.getKey().equals(STEP) && !entry.getKey().equals(EPOCH)) {
                values.put(entry.getKey(), entry.getValue().getAsDouble());
            }
        }
        return new MetricsRecord(object.get(STEP).getAsLong(), object.get(EPOCH).getAsDouble(), values);
    }
}
