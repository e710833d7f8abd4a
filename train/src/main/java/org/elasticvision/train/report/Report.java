package org.elasticvision.train.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.HtmlText;
import org.elasticvision.runtime.report.Html;
import org.elasticvision.train.progress.MetricsRecord;

/**
 * A page about one or more training runs: one self-contained HTML file that works offline.
 *
 * @param title of the page
 * @param summary a sentence or two; may be empty
 * @param runs in order
 * @param comparisons in order, after the runs
 */
public record Report(String title, String summary, List<Run> runs, List<Comparison> comparisons) {
    /** Wider pictures, such as a picture beside its mask, get more room. */
    private static final double WIDE = 1.5;

    /** Pictures of few pixels are shown with hard edges instead of blurred. */
    private static final int SMALL = 128;

    public Report {
        runs = List.copyOf(runs);
        comparisons = List.copyOf(comparisons);
    }

    /**
     * Writes the page.
     *
     * @param file replaced if it exists
     * @throws ElasticVisionException if it cannot be written
     */
    public void write(Path file) {
        byte[] page = html().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(page));
    }

    String html() {
        StringBuilder html = new StringBuilder(1 << 16);
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        html.append(HtmlText.escape(title)).append("</title>\n<style>\n").append(Html.style());
        html.append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(HtmlText.escape(title))
                .append("</h1>\n");
        paragraph(html, "summary", summary);
        contents(html);
        for (int i = 0; i < runs.size(); i++) {
            run(html, runs.get(i), "run" + i);
        }
        for (int i = 0; i < comparisons.size(); i++) {
            comparison(html, comparisons.get(i), "comparison" + i);
        }
        html.append("<footer>ElasticVision ")
                .append(HtmlText.escape(Version.current()))
                .append("</footer>\n</main>\n");
        html.append("<script>\n")
                .append(Html.resource(Report.class, "report.js"))
                .append("</script>\n</body>\n</html>\n");
        return html.toString();
    }

    private void contents(StringBuilder html) {
        if (runs.size() + comparisons.size() > 1) {
            html.append("<nav>");
            for (int i = 0; i < runs.size(); i++) {
                link(html, "run" + i, runs.get(i).title());
            }
            for (int i = 0; i < comparisons.size(); i++) {
                link(html, "comparison" + i, comparisons.get(i).title());
            }
            html.append("</nav>\n");
        }
    }

    private static void link(StringBuilder html, String id, String words) {
        html.append("<a href=\"#")
                .append(id)
                .append("\">")
                .append(HtmlText.escape(words))
                .append("</a> ");
    }

    private static void run(StringBuilder html, Run run, String id) {
        section(html, id, run.title(), run.note());
        if (!run.best().isEmpty()) {
            html.append("<div class=\"best\">");
            run.best().forEach((name, value) -> html.append("<div><b>")
                    .append(HtmlText.escape(value))
                    .append("</b><span>")
                    .append(HtmlText.escape(name))
                    .append("</span></div>"));
            html.append("</div>\n");
        }
        if (!run.command().isBlank()) {
            html.append("<pre>").append(HtmlText.escape(run.command())).append("</pre>\n");
        }
        charts(html, Chart.of(run.records()));
        run.classes().ifPresent(classes -> html.append(classes.html()));
        samples(html, run.samples());
        if (!run.facts().isEmpty()) {
            html.append("<h3>What it was trained with</h3>\n<div class=\"facts\">\n");
            run.facts().forEach((name, rows) -> facts(html, name, rows));
            html.append("</div>\n");
        }
        epochs(html, run.records());
        html.append("</section>\n");
    }

    private static void section(StringBuilder html, String id, String heading, String note) {
        html.append("<section id=\"")
                .append(id)
                .append("\">\n<h2>")
                .append(HtmlText.escape(heading))
                .append("</h2>\n");
        paragraph(html, "note", note);
    }

    private static void paragraph(StringBuilder html, String style, String words) {
        if (!words.isBlank()) {
            html.append("<p class=\"")
                    .append(style)
                    .append("\">")
                    .append(HtmlText.escape(words))
                    .append("</p>\n");
        }
    }

    private static void facts(StringBuilder html, String name, Map<String, String> rows) {
        html.append("<table><caption>").append(HtmlText.escape(name)).append("</caption>");
        rows.forEach((key, value) -> html.append("<tr><th scope=\"row\">")
                .append(HtmlText.escape(key))
                .append("</th><td>")
                .append(HtmlText.escape(value))
                .append("</td></tr>"));
        html.append("</table>\n");
    }

    private static void charts(StringBuilder html, List<Chart> charts) {
        if (!charts.isEmpty()) {
            html.append("<div class=\"charts\">\n");
            charts.forEach(chart -> html.append(SvgChart.figure(chart)));
            html.append("</div>\n");
        }
    }

    private static void samples(StringBuilder html, List<Sample> samples) {
        if (samples.isEmpty()) {
            return;
        }
        boolean wide = samples.stream()
                .anyMatch(sample ->
                        sample.picture().width() > WIDE * sample.picture().height());
        html.append("<h3>Answers on pictures that it was not trained on</h3>\n<div class=\"samples");
        boolean small = samples.stream().allMatch(sample -> sample.picture().height() <= SMALL);
        html.append(wide ? " large" : "").append(small ? " small" : "").append("\">\n");
        for (Sample sample : samples) {
            String verdict =
                    sample.right().map(right -> right ? "right" : "wrong").orElse("");
            String mark = sample.right().map(right -> right ? "✓ " : "✗ ").orElse("");
            html.append("<figure class=\"").append(verdict).append("\">");
            html.append(Html.image(PngFiles.encode(sample.picture()), sample.answer()));
            html.append("<figcaption><b>")
                    .append(mark)
                    .append(HtmlText.escape(sample.answer()))
                    .append("</b>");
            if (!sample.truth().isBlank()) {
                html.append("<br>").append(HtmlText.escape(sample.truth()));
            }
            html.append("</figcaption></figure>\n");
        }
        html.append("</div>\n");
    }

    private static void epochs(StringBuilder html, List<MetricsRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        records.forEach(record -> names.addAll(record.values().keySet()));
        html.append("<details><summary>All figures of ").append(records.size()).append(" epochs</summary>\n");
        html.append("<div class=\"wide\"><table>\n<tr><th class=\"number\">epoch</th><th class=\"number\">step</th>");
        names.forEach(name -> html.append("<th class=\"number\">")
                .append(HtmlText.escape(Chart.words(name)))
                .append("</th>"));
        html.append("</tr>\n");
        for (MetricsRecord record : records) {
            html.append("<tr>");
            number(html, record.epoch());
            number(html, record.step());
            names.forEach(name -> number(html, record.values().get(name)));
            html.append("</tr>\n");
        }
        html.append("</table></div></details>\n");
    }

    private static void number(StringBuilder html, Number value) {
        html.append("<td class=\"number\">");
        Optional.ofNullable(value).ifPresent(number -> html.append(Chart.number(number.doubleValue())));
        html.append("</td>");
    }

    private static void comparison(StringBuilder html, Comparison comparison, String id) {
        section(html, id, comparison.title(), comparison.note());
        Set<String> names = new LinkedHashSet<>();
        comparison.runs().forEach(run -> names.addAll(run.figures().keySet()));
        html.append("<div class=\"wide\"><table>\n<tr><th></th>");
        comparison.runs().forEach(run -> html.append("<th class=\"number\">")
                .append(HtmlText.escape(run.name()))
                .append("</th>"));
        html.append("</tr>\n");
        for (String name : names) {
            html.append("<tr><th scope=\"row\">").append(HtmlText.escape(name)).append("</th>");
            comparison.runs().forEach(run -> html.append("<td class=\"number\">")
                    .append(HtmlText.escape(run.figures().getOrDefault(name, "")))
                    .append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</table></div>\n");
        charts(html, comparison.charts());
        html.append("</section>\n");
    }
}
