package org.elasticvision.runtime.io;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 has them, but for the end of a line, which is a line feed. */
public final class CsvText {
    private CsvText() {}

    /**
     * {@return a line without its end}
     *
     * @param cells each becomes its text, in quotes where it must
     */
    public static String line(List<?> cells) {
        return cells.stream().map(cell -> quoted(cell.toString())).collect(Collectors.joining(","));
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
