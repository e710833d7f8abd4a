package org.elasticvision.train.check.page;

import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.io.HtmlText;
import org.elasticvision.runtime.report.Html;
import org.elasticvision.train.check.CheckResult;
import org.elasticvision.train.check.CheckResult.ClassFacts;
import org.elasticvision.train.check.ShownPaths;
import org.elasticvision.train.check.finding.Finding;
import org.elasticvision.train.check.finding.Finding.Example;
import org.elasticvision.train.check.finding.Severity;

/**
 * What was found in a data set, as one self-contained page: no scripts, nothing from elsewhere.
 *
 * @param data where they lie, the title
 * @param result what was found
 * @param orientation the view of photos in which pictures are shown
 */
public record CheckPage(String data, CheckResult result, Orientation orientation) {
    private static final int MOST_CLASSES = 500;
    private static final int MOST_CLASSES_WITH_PICTURES = 100;

    /** {@return the page, to be written in UTF-8} */
    public String html() {
        StringBuilder html = new StringBuilder(1 << 16);
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        html.append(HtmlText.escape(data)).append(" – data check</title>\n<style>\n");
        html.append(Html.style()).append(Html.resource(CheckPage.class, "check.css"));
        html.append("</style>\n</head>\n<body>\n<main>\n<h1>").append(HtmlText.escape(data));
        html.append("</h1>\n<p class=\"summary\">")
                .append(HtmlText.escape(summary()))
                .append("</p>\n");
        html.append("<p class=\"verdict")
                .append(result.fails() ? " bad" : warned())
                .append("\">");
        String verdict = result.verdict();
        html.append(HtmlText.escape(verdict.substring(0, 1).toUpperCase(Locale.ROOT) + verdict.substring(1)))
                .append(".</p>\n");
        figures(html);
        result.findings().forEach(finding -> finding(html, finding));
        classes(html);
        pictures(html);
        html.append("<footer>ElasticVision ").append(HtmlText.escape(Version.current()));
        return html.append("</footer>\n</main>\n</body>\n</html>\n").toString();
    }

    private ShownPaths paths() {
        return ShownPaths.in(data);
    }

    private String summary() {
        return result.task() + ", network input " + result.input().width() + "x"
                + result.input().height()
                + result.heldOut()
                        .map(share -> String.format(
                                Locale.ROOT, " · %.0f %% of the training images held out to validate on", 100 * share))
                        .orElse("");
    }

    private String warned() {
        return result.of(Severity.WARNING).isEmpty() ? "" : " warned";
    }

    private void figures(StringBuilder html) {
        html.append("<div class=\"best\">");
        figure(html, String.format(Locale.ROOT, "%,d", result.training()), "training images");
        figure(html, String.format(Locale.ROOT, "%,d", result.validation()), "validation images");
        figure(html, String.format(Locale.ROOT, "%,d", result.classes().size()), "classes");
        result.sizes().ifPresent(sizes -> {
            figure(html, sizes.smallest().width() + "x" + sizes.smallest().height(), "smallest image");
            figure(html, sizes.largest().width() + "x" + sizes.largest().height(), "largest image");
            figure(html, String.format(Locale.ROOT, "%.1f : 1", sizes.longest().ratio()), "longest image");
        });
        html.append("</div>\n");
    }

    private static void figure(StringBuilder html, String value, String name) {
        html.append("<div><b>").append(value).append("</b><span>").append(name).append("</span></div>");
    }

    private void finding(StringBuilder html, Finding finding) {
        html.append("<section class=\"finding\"><h3><span class=\"badge ")
                .append(finding.severity().id())
                .append("\">")
                .append(finding.severity().id())
                .append("</span>")
                .append(HtmlText.escape(finding.kind().what()))
                .append(String.format(Locale.ROOT, ": %,d", finding.count()))
                .append("</h3>\n<p>A run ")
                .append(HtmlText.escape(finding.kind().run()))
                .append(". <b>To do:</b> ")
                .append(HtmlText.escape(finding.kind().remedy()))
                .append(".</p>\n");
        boolean arePairs =
                finding.examples().stream().anyMatch(example -> !example.other().isEmpty());
        if (arePairs) {
            pairs(html, finding.examples());
        } else {
            html.append("<ul>");
            finding.examples().forEach(example -> html.append("<li>")
                    .append(HtmlText.escape(paths().of(example)))
                    .append("</li>"));
            html.append("</ul>\n");
        }
        long more = finding.count() - finding.examples().size();
        if (more > 0) {
            html.append(String.format(Locale.ROOT, "<p class=\"note\">and %,d more</p>%n", more));
        }
        html.append("</section>\n");
    }

    private void pairs(StringBuilder html, List<Example> examples) {
        Thumbnails thumbnails = new Thumbnails(orientation, paths());
        html.append("<div class=\"twins\">\n");
        for (Example example : examples) {
            html.append("<figure>")
                    .append(thumbnails.of(example.name()))
                    .append(thumbnails.of(example.other()))
                    .append("<figcaption>")
                    .append(HtmlText.escape(paths().of(example)))
                    .append("</figcaption></figure>\n");
        }
        html.append("</div>\n");
    }

    private void classes(StringBuilder html) {
        long most = Math.max(
                1,
                result.classes().stream().mapToLong(ClassFacts::training).max().orElse(1));
        html.append(
                "<h2>Classes</h2>\n<div class=\"wide\"><table>\n<tr><th>class</th><th class=\"number\">training</th>"
                        + "<th class=\"number\">validation</th><th>training images</th></tr>\n");
        result.classes().stream()
                .limit(MOST_CLASSES)
                .forEach(one -> html.append(String.format(
                        Locale.ROOT,
                        "<tr><th scope=\"row\">%s</th><td class=\"number\">%,d</td><td class=\"number\">%,d</td>"
                                + "<td><span class=\"bar\" style=\"width:%.0fpx\"></span></td></tr>%n",
                        HtmlText.escape(one.name()),
                        one.training(),
                        one.validation(),
                        300.0 * one.training() / most)));
        html.append("</table></div>\n");
        if (result.classes().size() > MOST_CLASSES) {
            html.append("<p class=\"note\">The first ").append(MOST_CLASSES).append("; --json has all.</p>\n");
        }
    }

    private void pictures(StringBuilder html) {
        Thumbnails thumbnails = new Thumbnails(orientation, paths());
        html.append("<h2>Pictures of each class</h2>\n<div class=\"classpictures\">\n");
        result.classes().stream()
                .filter(one -> !one.samples().isEmpty())
                .limit(MOST_CLASSES_WITH_PICTURES)
                .forEach(one -> {
                    html.append("<figure>");
                    one.samples().forEach(sample -> html.append(thumbnails.of(sample)));
                    html.append("<figcaption><b>")
                            .append(HtmlText.escape(one.name()))
                            .append("</b></figcaption></figure>\n");
                });
        html.append("</div>\n");
    }
}
