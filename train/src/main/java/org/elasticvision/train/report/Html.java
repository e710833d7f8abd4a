package org.elasticvision.train.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.elasticvision.runtime.io.HtmlText;

/** Text as a browser takes it. */
final class Html {
    private Html() {}

    /** A picture within the page. */
    static String image(byte[] png, String description) {
        return "<img alt=\"" + HtmlText.escape(description) + "\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png) + "\">";
    }

    /** A text file beside this class. */
    static String resource(String name) {
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
