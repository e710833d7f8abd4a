package org.elasticvision.convert.tensorrt;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * An amount of memory.
 *
 * @param bytes at least 1
 */
public record MemorySize(long bytes) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})([KMGT])(?:i?B)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";

    public MemorySize {
        if (bytes < 1) {
            throw new IllegalArgumentException("a memory size of " + bytes + " bytes must be at least 1");
        }
    }

    /**
     * Parses a number and a unit, such as {@code 512M} or {@code 4G}; units are powers of 1024.
     *
     * @param text what was typed
     * @return the size
     * @throws ElasticVisionException if it is none
     */
    public static MemorySize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            int unit = UNITS.indexOf(matcher.group(2).toUpperCase(Locale.ROOT)) + 1;
            long bytes = Long.parseLong(matcher.group(1)) << (10 * unit);
            if (bytes > 0) {
                return new MemorySize(bytes);
            }
        }
        throw new ElasticVisionException("'" + text + "' is not a memory size; give a number with K, M, G or T: 4G");
    }

    /** Such as {@code 4G}, or {@code 1.5G} where it is not a whole number. */
    @Override
    public String toString() {
        int unit = Math.min(Math.max(0, (63 - Long.numberOfLeadingZeros(bytes)) / 10), UNITS.length());
        String number = String.format(Locale.ROOT, "%.1f", (double) bytes / (1L << (10 * unit)))
                .replaceFirst("\\.0$", "");
        return unit == 0 ? number + " bytes" : number + UNITS.charAt(unit - 1);
    }
}
