package org.elasticvision.convert.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.io.HtmlText;

/** What pages about models beside each other have in common: one self-contained HTML file that works offline. */
public final class ComparisonPage {
    private ComparisonPage() {}

    /**
     * {@return the page's text, to be written in UTF-8}
     *
     * @param title of the page
     * @param summary lines below it
     * @param body HTML, such as a table
     */
    public static String html(String title, List<String> summary, String body) {
        StringBuilder html = new StringBuilder(1 << 16);
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.append("<title>")
                .append(HtmlText.escape(title))
                .append("</title>\n<style>\n")
                .append(style());
        html.append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(HtmlText.escape(title))
                .append("</h1>\n<ul>\n");
        summary.forEach(
                line -> html.append("<li>").append(HtmlText.escape(line)).append("</li>\n"));
        html.append("</ul>\n").append(body).append("<footer>ElasticVision ");
        return html.append(HtmlText.escape(Version.current()))
                .append("</footer>\n</main>\n</body>\n</html>\n")
                .toString();
    }

    private static String style() {
        try (InputStream in = ComparisonPage.class.getResourceAsStream("layers.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
