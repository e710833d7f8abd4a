package org.elasticvision.runtime.io;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Commands in messages, as they can be pasted into the shell that this process was started from: with the name by which the
 * launcher was called ({@code ./elastic} in a checkout), and quotes where a path needs them. Stateless.
 */
public final class CommandText {
    /** The system property with the launcher's name; without it the name is {@code elastic}. */
    public static final String PROPERTY = "elasticvision.name";

    /** Without these a POSIX shell takes a word as it stands. A tilde is special at the beginning alone. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-][\\p{L}\\p{N}_@%+=:,./~-]*");

    private CommandText() {}

    /** {@return what the command is called here, quoted where it must be} */
    public static String name() {
        String name = System.getProperty(PROPERTY, "");
        return name.isBlank() ? "elastic" : quoted(name);
    }

    /**
     * {@return a command, such as {@code ./elastic convert 'my weights.pth'}}
     *
     * @param words its words; each one a word of the shell, too
     */
    public static String of(Object... words) {
        return Arrays.stream(words)
                .map(word -> quoted(word.toString()))
                .collect(Collectors.joining(" ", name() + " ", ""));
    }

    /**
     * {@return a word as a POSIX shell reads it}
     *
     * @param word any text
     */
    public static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
