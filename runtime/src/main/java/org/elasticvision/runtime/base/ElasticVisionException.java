package org.elasticvision.runtime.base;

import java.util.regex.Pattern;

/**
 * Something that the person who runs the program can mend: a damaged file, a model of the wrong kind, an impossible size.
 *
 * <p>The message is one sentence that names the thing, says what is wrong with it and what to do. The command line prints
 * it alone; everything else that is thrown counts as a defect of this library. It may quote a file, which may hold anything:
 * control characters, line breaks and marks that turn the direction of text are replaced by question marks, and what is longer
 * than 2000 characters is cut.
 */
public class ElasticVisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 2000;
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     */
    public ElasticVisionException(String message) {
        super(oneLine(message));
    }

    /**
     * A failure with a human-readable message.
     *
     * @param message what is wrong and what to do about it, one line
     * @param cause what it came from
     */
    public ElasticVisionException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    private static String oneLine(String message) {
        if (message == null) {
            return null;
        }
        String shortened = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) + "…" : message;
        return UNPRINTABLE.matcher(shortened).replaceAll("?");
    }
}
