package org.elasticvision.samples.spark;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.elasticvision.runtime.cli.CommandRun;

import static org.assertj.core.api.Assertions.assertThat;

/** What was said of images, by their files' names: the classes as text, to the last digit, or the error. */
final class Answers {
    private Answers() {}

    /** What {@code elastic predict} says of the images in a folder. */
    static Map<String, String> ofPredict(Path model, Path folder) {
        CommandRun run = CommandRun.of("predict", "--json", "--no-cache", model, folder);
        Map<String, String> answers = new TreeMap<>();
        for (String line : run.outLines()) {
            JsonObject answer = JsonParser.parseString(line).getAsJsonObject();
            answers.put(
                    folder.relativize(Path.of(answer.get("image").getAsString()))
                            .toString(),
                    answer.getAsJsonArray("classes").asList().stream()
                            .map(Answers::text)
                            .collect(Collectors.joining(" ")));
        }
        String start = "elastic: " + folder + "/";
        run.errLines().stream().filter(line -> line.startsWith(start)).forEach(line -> {
            String message = line.substring(start.length());
            answers.put(message.substring(0, message.indexOf(".jpg") + 4), message);
        });
        return answers;
    }

    private static String text(JsonElement element) {
        JsonObject one = element.getAsJsonObject();
        return one.get("name").getAsString() + "=" + one.get("probability").getAsDouble();
    }

    /** What the rows of an output say of images in a folder. */
    static Map<String, String> ofRows(List<Row> rows, Path folder) {
        Map<String, String> answers = new TreeMap<>();
        String start = "file:" + folder + "/";
        for (Row row : rows) {
            String name = row.<String>getAs("path").replace(start, "");
            String error = row.getAs("error");
            answers.put(name, error != null ? error.replace(start, "") : classes(row, "classes", "probability"));
        }
        return answers;
    }

    /** {@return a column of classes as text} */
    static String classes(Row row, String column, String part) {
        return row.getList(row.fieldIndex(column)).stream()
                .map(Row.class::cast)
                .map(one -> one.<String>getAs("name") + "=" + one.<Double>getAs(part))
                .collect(Collectors.joining(" "));
    }

    /** {@return the class map that a row's runs are of} */
    static byte[] mask(Row row) {
        byte[] mask = new byte[row.<Integer>getAs("width") * row.<Integer>getAs("height")];
        int at = 0;
        for (Object item : row.getList(row.fieldIndex("runs"))) {
            Row run = (Row) item;
            int end = at + run.<Integer>getAs("length");
            Arrays.fill(mask, at, end, (byte) (int) run.<Integer>getAs("index"));
            at = end;
        }
        assertThat(at).isEqualTo(mask.length);
        return mask;
    }

    /** Packs the files of a folder into a table with the columns path and content. */
    static void packed(Path folder, Path table) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (SparkSession spark = session();
                Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                rows.add(RowFactory.create("file:" + file, Files.readAllBytes(file)));
            }
            StructType columns = new StructType().add("path", "string").add("content", "binary");
            spark.createDataFrame(rows, columns).write().parquet(table.toString());
        }
    }

    private static SparkSession session() {
        return SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
    }

    /** All rows of an output, in the order of the paths. */
    static List<Row> read(Path output) throws IOException {
        try (SparkSession spark = session()) {
            return spark.read().parquet(output.toString()).orderBy("path").collectAsList();
        }
    }
}
