package org.elasticvision.runtime.report.classes;

import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.io.HtmlText;
import org.elasticvision.runtime.metrics.confusion.ClassConfusion;
import org.elasticvision.runtime.metrics.confusion.Confusion;
import org.elasticvision.runtime.metrics.confusion.ConfusionMatrix;

/**
 * What is confused with what: a map where there is room for all classes, else the most frequent confusions.
 *
 * @param names of the classes
 * @param unit of the counts, such as images
 */
record Confusions(ConfusionMatrix matrix, List<String> names, String unit) {
    private static final int MOST_CLASSES_OF_MAP = 50;
    private static final int PAIRS = 50;

    String html() {
        if (matrix.classes() <= MOST_CLASSES_OF_MAP) {
            return "<h3>Confusion matrix</h3>\n" + new ConfusionMap(matrix, names, unit).figure();
        }
        List<Confusion> worst = matrix.worst(PAIRS);
        if (worst.isEmpty()) {
            return "";
        }
        List<ClassConfusion> rows = matrix.byClass();
        StringBuilder html = new StringBuilder("<h3>Most frequent confusions</h3>\n<div class=\"wide\"><table>\n<tr>");
        html.append("<th>class</th><th>taken for</th><th class=\"number\">")
                .append(HtmlText.escape(unit))
                .append("</th><th class=\"number\">of the class</th></tr>\n");
        for (Confusion pair : worst) {
            double part = 100.0 * pair.count() / rows.get(pair.truth()).total();
            html.append("<tr><td>")
                    .append(HtmlText.escape(names.get(pair.truth())))
                    .append("</td><td>")
                    .append(HtmlText.escape(names.get(pair.answer())))
                    .append(String.format(
                            Locale.ROOT,
                            "</td><td class=\"number\">%,d</td><td class=\"number\">%.1f %%</td></tr>\n",
                            pair.count(),
                            part));
        }
        return html.append("</table></div>\n").toString();
    }
}
