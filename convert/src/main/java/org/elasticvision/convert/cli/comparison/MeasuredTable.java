package org.elasticvision.convert.cli.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.convert.compare.ComparisonPage;
import org.elasticvision.runtime.io.HtmlText;
import org.elasticvision.runtime.model.Task;

/** Models in engines beside each other, as Markdown, CSV or HTML. Immutable. */
public final class MeasuredTable {
    private final List<MeasuredModel> rows;
    private final List<MeasuredColumn> columns;
    private final List<String> notes;

    /**
     * A table.
     *
     * @param rows the first is what the others are compared with
     * @param task of all models
     * @param notes lines about how it was measured
     */
    public MeasuredTable(List<MeasuredModel> rows, Task task, List<String> notes) {
        this.rows = List.copyOf(rows);
        this.columns = MeasuredColumn.of(
                task, rows.stream().anyMatch(row -> row.accuracy().isPresent()));
        this.notes = List.copyOf(notes);
    }

    /** {@return lines that are readable as they are, too} */
    public List<String> markdown() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(MeasuredColumn::name).toList());
        rows.forEach(row -> cells.add(columns.stream()
                .map(column -> column.text(row).replace("|", "\\|"))
                .toList()));
        int[] widths = IntStream.range(0, columns.size())
                .map(column -> cells.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        cells.forEach(line -> lines.add(line(column -> padded(line.get(column), widths[column], column))));
        lines.add(1, line(column -> rule(widths[column], column)));
        lines.add("");
        notes.forEach(note -> lines.add("- " + note));
        return lines;
    }

    private String line(Function<Integer, String> cell) {
        return IntStream.range(0, columns.size()).mapToObj(cell::apply).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private String padded(String text, int width, int column) {
        String blanks = " ".repeat(width - text.length());
        return columns.get(column).isNumber() ? blanks + text : text + blanks;
    }

    /** Numbers to the right. */
    private String rule(int width, int column) {
        return columns.get(column).isNumber() ? "-".repeat(width - 1) + ":" : "-".repeat(width);
    }

    /** {@return lines with a heading, numbers in full, as RFC 4180 has it} */
    public List<String> csv() {
        List<String> lines = new ArrayList<>();
        lines.add(columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(",")));
        rows.forEach(row -> lines.add(
                columns.stream().map(column -> quoted(column.exact(row))).collect(Collectors.joining(","))));
        return lines;
    }

    private static String quoted(String text) {
        boolean isPlain = text.chars().noneMatch(character -> "\",\r\n".indexOf(character) >= 0);
        return isPlain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** {@return a self-contained page} */
    public String html() {
        StringBuilder table = new StringBuilder("<table>\n<tr>");
        columns.forEach(column -> cell(table, "th", column, column.name()));
        rows.forEach(row -> {
            table.append("</tr>\n<tr>");
            columns.forEach(column -> cell(table, "td", column, column.text(row)));
        });
        return ComparisonPage.html(
                "Models beside each other",
                notes,
                table.append("</tr>\n</table>\n").toString());
    }

    private static void cell(StringBuilder html, String element, MeasuredColumn column, String text) {
        html.append('<')
                .append(element)
                .append(column.isNumber() ? " class=\"number\">" : ">")
                .append(HtmlText.escape(text))
                .append("</")
                .append(element)
                .append('>');
    }
}
