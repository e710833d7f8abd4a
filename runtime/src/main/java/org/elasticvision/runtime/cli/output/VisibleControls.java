package org.elasticvision.runtime.cli.output;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Text for a terminal with signs in place of control characters. Names of files and classes come from strangers, and a
 * terminal would obey what is in them: clear the screen, write over lines, change its title. Line ends and tabs stay.
 */
public final class VisibleControls extends FilterWriter {
    private static final char PICTURES = '\u2400'; // of NUL; those of the others follow in order
    private static final char PICTURE_OF_DELETE = '\u2421';
    private static final char UNKNOWN = '\uFFFD';

    private VisibleControls(Writer out) {
        super(out);
    }

    /** {@return a writer into another; it is flushed with each line} */
    public static PrintWriter into(PrintWriter out) {
        return new PrintWriter(new VisibleControls(out), true);
    }

    @Override
    public void write(int c) throws IOException {
        write(String.valueOf((char) c), 0, 1);
    }

    @Override
    public void write(char[] text, int from, int count) throws IOException {
        write(String.valueOf(text, from, count), 0, count);
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
        out.write(of(text.substring(from, from + count)));
    }

    /** {@return the text with signs in place of its control characters} */
    static String of(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean endsLine = c == '\n' || (c == '\r' && text.startsWith("\n", i + 1));
            visible.append(endsLine || c == '\t' || !Character.isISOControl(c) ? c : sign(c));
        }
        return visible.toString();
    }

    private static char sign(char control) {
        if (control < ' ') {
            return (char) (PICTURES + control);
        }
        return control == '\u007F' ? PICTURE_OF_DELETE : UNKNOWN;
    }
}
