package org.elasticvision.runtime.model;

import java.util.regex.Pattern;

/**
 * How text is written into a model file: characters beyond U+FFFF, such as emoji, as the {@code \\uXXXX} pairs of Java
 * source. ONNX Runtime's Java side cuts off text at such a character.
 */
final class MetadataText {
    private static final Pattern BEYOND = Pattern.compile("[\\x{10000}-\\x{10FFFF}]");
    private static final Pattern ESCAPED =
            Pattern.compile("\\\\u([dD][89abAB]\\p{XDigit}{2})\\\\u([dD][c-fC-F]\\p{XDigit}{2})");

    private MetadataText() {}

    static String escape(String text) {
        return BEYOND.matcher(text).replaceAll(found -> {
            String pair = found.group();
            return String.format("\\\\u%04x\\\\u%04x", (int) pair.charAt(0), (int) pair.charAt(1));
        });
    }

    static String unescape(String text) {
        return ESCAPED.matcher(text).replaceAll(found -> "" + unit(found.group(1)) + unit(found.group(2)));
    }

    private static char unit(String digits) {
        return (char) Integer.parseInt(digits, 16);
    }
}
