package org.elasticvision.runtime.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.elasticvision.runtime.io.HtmlText;

/** Parts of a self-contained page. */
public final class Html {
    private static final String STYLE = "report.css";

    private Html() {}

    /** {@return the style sheet of all reports} */
    public static String style() {
        return resource(Html.class, STYLE);
    }

    /**
     * {@return a picture within the page}
     *
     * @param png the bytes of a PNG file
     * @param description for those who do not see it
     */
    public static String image(byte[] png, String description) {
        return image(png, "png", description);
    }

    /**
     * {@return a photo within the page}
     *
     * @param jpeg the bytes of a JPEG file
     * @param description for those who do not see it
     */
    public static String photo(byte[] jpeg, String description) {
        return image(jpeg, "jpeg", description);
    }

    private static String image(byte[] encoded, String format, String description) {
        return "<img alt=\"" + HtmlText.escape(description) + "\" src=\"data:image/" + format + ";base64,"
                + Base64.getEncoder().encodeToString(encoded) + "\">";
    }

    /**
     * {@return a text file beside a class}
     *
     * @param beside the class
     * @param name of the file
     */
    public static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
