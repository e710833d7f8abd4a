package org.elasticvision.convert.cli.conversion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.elasticvision.runtime.model.ModelInfo;

/**
 * What became of one checkpoint.
 *
 * @param checkpoint that was to be converted
 * @param cells architecture, task, model and size; empty if it failed
 * @param problem one line; empty if it did not fail
 */
record ConversionRow(Path checkpoint, List<String> cells, String problem) {
    static final String MODEL = "the model";
    private static final String GAP = "  ";
    private static final List<String> HEAD = List.of("checkpoint", "architecture", "task", "model", "MB");

    static ConversionRow done(Path checkpoint, Path model, ModelInfo info, long bytes) {
        return new ConversionRow(
                checkpoint,
                List.of(
                        info.architecture(),
                        info.task().toString(),
                        model.toString(),
                        String.format(Locale.ROOT, "%.1f", bytes / 1e6)),
                "");
    }

    /** The file's name, with which most messages begin, is in the row already. */
    static ConversionRow failed(Path checkpoint, String message) {
        String prefix = checkpoint + ": ";
        return new ConversionRow(
                checkpoint, List.of(), message.startsWith(prefix) ? message.substring(prefix.length()) : message);
    }

    boolean isDone() {
        return !cells.isEmpty();
    }

    /** A heading and a line for each; a problem takes the place of what there is not. */
    static List<String> table(List<ConversionRow> rows) {
        List<List<String>> table = new ArrayList<>(List.of(HEAD));
        rows.forEach(row -> table.add(row.line()));
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> table.stream()
                        .filter(line -> line.size() == HEAD.size() || column == 0)
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return table.stream().map(line -> padded(line, widths)).toList();
    }

    private List<String> line() {
        List<String> line = new ArrayList<>(List.of(checkpoint.toString()));
        if (isDone()) {
            line.addAll(cells);
        } else {
            line.add("failed: " + problem);
        }
        return line;
    }

    private static String padded(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < line.size(); column++) {
            boolean last = column == line.size() - 1;
            boolean number = column == widths.length - 1;
            String cell = line.get(column);
            String blanks = " ".repeat(Math.max(0, widths[column] - cell.length()));
            text.append(column == 0 ? "" : GAP)
                    .append(number ? blanks : "")
                    .append(cell)
                    .append(last ? "" : blanks);
        }
        return text.toString();
    }
}
