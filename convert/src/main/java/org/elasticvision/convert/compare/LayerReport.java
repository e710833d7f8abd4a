package org.elasticvision.convert.compare;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.HtmlText;

/** A page about the error of each layer: one self-contained HTML file that works offline. */
public final class LayerReport {
    /** The end of the scale: more cannot be told from a perfect layer. */
    private static final double BEST = 60;

    private LayerReport() {}

    /**
     * Writes the page.
     *
     * @param page the HTML file to write
     * @param title of the page
     * @param summary lines about the models as a whole
     * @param errors in the order of the network
     */
    public static void write(Path page, String title, List<String> summary, List<LayerError> errors) {
        byte[] bytes = html(title, summary, errors).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(page, out -> out.write(bytes));
    }

    static String html(String title, List<String> summary, List<LayerError> errors) {
        StringBuilder html = new StringBuilder(1 << 16);
        html.append("<p>").append(HtmlText.escape(verdict(errors))).append("</p>\n");
        html.append(
                "<table class=\"layers\">\n<tr><th>layer</th><th>operator</th><th>signal to noise</th><th></th></tr>\n");
        errors.forEach(error -> row(html, error));
        return ComparisonPage.html(title, summary, html.append("</table>\n").toString());
    }

    private static String verdict(List<LayerError> errors) {
        Optional<LayerError> bad = firstBad(errors);
        return bad.map(error ->
                        "The first bad layer is " + error.name() + ": its errors are more than a third of its values.")
                .orElse("No layer is bad: all errors are less than a third of the values.");
    }

    /**
     * {@return the first layer of the network that is bad}
     *
     * @param errors in the order of the network
     */
    public static Optional<LayerError> firstBad(List<LayerError> errors) {
        return errors.stream().filter(LayerError::isBad).findFirst();
    }

    private static void row(StringBuilder html, LayerError error) {
        double share = 100 * Math.max(0, Math.min(1, error.signalToNoise() / BEST));
        html.append(error.isBad() ? "<tr class=\"bad\">" : "<tr>");
        html.append("<td>")
                .append(HtmlText.escape(error.name()))
                .append("</td><td>")
                .append(HtmlText.escape(error.operator()));
        html.append("</td><td class=\"number\">").append(decibels(error.signalToNoise()));
        html.append("</td><td class=\"bar\"><i style=\"width:");
        html.append(String.format(Locale.ROOT, "%.1f", share)).append("%\"></i></td></tr>\n");
    }

    /**
     * For people.
     *
     * @param value the value
     * @return the text
     */
    public static String decibels(double value) {
        return Double.isInfinite(value) ? "exact" : String.format(Locale.ROOT, "%.1f dB", value);
    }
}
