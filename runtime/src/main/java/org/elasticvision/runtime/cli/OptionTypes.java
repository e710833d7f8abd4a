package org.elasticvision.runtime.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * How the words of a command line become numbers and paths; what cannot is reported in words that do not come from
 * Java. Stateless.
 */
public final class OptionTypes {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*", Pattern.DOTALL);

    private OptionTypes() {}

    static void register(CommandLine commandLine) {
        commandLine.registerConverter(int.class, OptionTypes::toInt);
        commandLine.registerConverter(Integer.class, OptionTypes::toInt);
        commandLine.registerConverter(long.class, text -> number(text, Long::valueOf, "a whole number"));
        commandLine.registerConverter(Long.class, text -> number(text, Long::valueOf, "a whole number"));
        commandLine.registerConverter(float.class, text -> number(text, Float::valueOf, "a number"));
        commandLine.registerConverter(Float.class, text -> number(text, Float::valueOf, "a number"));
        commandLine.registerConverter(double.class, text -> number(text, Double::valueOf, "a number"));
        commandLine.registerConverter(Double.class, text -> number(text, Double::valueOf, "a number"));
        commandLine.registerConverter(Path.class, OptionTypes::path);
    }

    private static Integer toInt(String text) {
        long wide = number(text, Long::valueOf, "a whole number");
        if (wide != (int) wide) {
            throw new TypeConversionException("'" + text + "' is too large a number");
        }
        return (int) wide;
    }

    private static <T> T number(String text, Function<String, T> parser, String what) {
        try {
            return parser.apply(text.strip());
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not " + what);
        }
    }

    /** Whether it is a URL, which Java would take for a path. */
    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    static String address(String text) {
        return "'" + text + "' is an address, not a file on this machine; download it first, and give the file";
    }

    /**
     * {@return the path that a word names}
     *
     * @param text on the command line
     * @throws TypeConversionException if it is a URL, or cannot be a path
     */
    public static Path path(String text) {
        if (isAddress(text)) {
            throw new TypeConversionException(address(text));
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' cannot be the name of a file here");
        }
    }
}
