package org.elasticvision.runtime.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.base.ElasticVisionException;

/** The height and width of a network's input in pixels. */
public record InputSize(int height, int width) {
    /** The largest height or width that makes sense for these networks. */
    public static final int MAX = 8192;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

    public InputSize {
        check(height, width, 1);
    }

    /**
     * Parses {@code HEIGHTxWIDTH}, or one number for a square.
     *
     * @param text what was typed
     * @return the size
     */
    public static InputSize parse(String text) {
        return parse(text, 1);
    }

    /**
     * Parses {@code HEIGHTxWIDTH}, or one number for a square.
     *
     * @param text what was typed
     * @param smallest height and width that are allowed
     * @return the size
     */
    public static InputSize parse(String text, int smallest) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new ElasticVisionException(
                    "input size '" + text + "' must be HEIGHTxWIDTH, such as 320x256, or one number");
        }
        int height = Integer.parseInt(matcher.group(1));
        int width = matcher.group(2) == null ? height : Integer.parseInt(matcher.group(2));
        check(height, width, smallest);
        return new InputSize(height, width);
    }

    private static void check(int height, int width, int smallest) {
        if (height < smallest || width < smallest || height > MAX || width > MAX) {
            throw new ElasticVisionException("input size " + height + "x" + width + " must be between " + smallest + "x"
                    + smallest + " and " + MAX + "x" + MAX);
        }
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
