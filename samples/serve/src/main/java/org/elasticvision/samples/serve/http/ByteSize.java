package org.elasticvision.samples.serve.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers of bytes on the command line: {@code 500000}, {@code 900K}, {@code 16M}, {@code 1G}; powers of 1024. */
public final class ByteSize implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,10})([KMG]?)B?", Pattern.CASE_INSENSITIVE);

    @Override
    public Long convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is not a size: give bytes, such as 500000, 900K or 16M");
        }
        return Long.parseLong(matcher.group(1)) << shift(matcher.group(2));
    }

    /** The same in words, in the largest unit that leaves a whole number. */
    public static String text(long bytes) {
        for (String unit : new String[] {"G", "M", "K"}) {
            if (bytes % (1L << shift(unit)) == 0) {
                return (bytes >> shift(unit)) + " " + unit + "B";
            }
        }
        return bytes + " bytes";
    }

    private static int shift(String unit) {
        return 10 * " KMG".indexOf(unit.isEmpty() ? " " : unit.toUpperCase(Locale.ROOT));
    }
}
