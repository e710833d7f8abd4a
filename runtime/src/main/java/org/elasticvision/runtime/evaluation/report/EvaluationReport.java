package org.elasticvision.runtime.evaluation.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.evaluation.Evaluation.AnsweredImage;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.io.HtmlText;
import org.elasticvision.runtime.metrics.MultiLabelResult;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.report.Html;
import org.elasticvision.runtime.report.classes.ClassReport;

/**
 * Sees the answers of an evaluation, one after the other, and makes one self-contained page of them: no scripts, nothing from elsewhere. Keeps
 * 32 KB for each class and the worst mistakes. Not thread-safe.
 */
public final class EvaluationReport implements Consumer<AnsweredImage> {
    private final ModelInfo info;
    private final UnaryOperator<String> names;
    private final Curves curves;
    private final WorstMistakes worst;

    /**
     * Before the first answer.
     *
     * @param info of the model
     * @param worst how many mistakes are shown as pictures
     * @param names what images are called in it, by their own names
     */
    public EvaluationReport(ModelInfo info, int worst, UnaryOperator<String> names) {
        this.names = names;
        this.info = info;
        this.curves = new Curves(info.task().isPerPixel() ? 0 : info.labels().size());
        this.worst = new WorstMistakes(worst);
    }

    @Override
    public void accept(AnsweredImage answered) {
        if (answered instanceof AnsweredImage.Classified image) {
            curves.add(image);
        } else if (answered instanceof AnsweredImage.Labelled image) {
            curves.add(image);
        }
        worst.add(answered);
    }

    /**
     * {@return the page, to be written in UTF-8}
     *
     * @param title such as the model's file name
     * @param result of the same answers
     * @param orientation the view that the model was given
     */
    public String html(String title, Evaluation.Result result, Orientation orientation) {
        List<Label> labels = info.labels();
        StringBuilder html = new StringBuilder(1 << 16);
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        html.append(HtmlText.escape(title)).append(" – evaluation</title>\n<style>\n");
        html.append(Html.style()).append(Html.resource(EvaluationReport.class, "evaluation.css"));
        html.append("</style>\n</head>\n<body>\n<main>\n<h1>").append(HtmlText.escape(title));
        html.append("</h1>\n<p class=\"summary\">").append(HtmlText.escape(summary(result)));
        html.append("</p>\n<pre>");
        result.measures().table(labels).forEach(line -> html.append(HtmlText.escape(line))
                .append('\n'));
        html.append("</pre>\n");
        if (result.measures() instanceof MultiLabelResult sets) {
            html.append(sizes(sets));
        }
        ClassReport classes = ClassReport.of(result.measures(), labels);
        html.append((info.task().isPerPixel() ? classes : classes.with("AP", curves.averagePrecisions())).htmlOfAll());
        if (!info.task().isPerPixel()) {
            html.append(curves.html(labels));
        }
        mistakes(html, orientation);
        html.append("<footer>ElasticVision ").append(HtmlText.escape(Version.current()));
        return html.append("</footer>\n</main>\n</body>\n</html>\n").toString();
    }

    private String summary(Evaluation.Result result) {
        return String.format(
                Locale.ROOT,
                "%s, %s, %s · %,d images%s",
                info.architecture(),
                info.precision(),
                info.task(),
                result.measures().images(),
                result.skipped() == 0 ? "" : String.format(Locale.ROOT, " (%,d skipped)", result.skipped()));
    }

    /** Only where annotations say areas. */
    private static String sizes(MultiLabelResult result) {
        if (result.bySize().values().stream().noneMatch(recall -> recall.occurs())) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h3>By object size</h3>\n<div class=\"wide\"><table>\n<tr><th>size</th>"
                + "<th class=\"number\">found</th><th class=\"number\">missed</th><th class=\"number\">recall</th>"
                + "<th class=\"number\">recall per class</th></tr>\n");
        result.bySize()
                .forEach((size, recall) -> html.append(String.format(
                        Locale.ROOT,
                        "<tr><th scope=\"row\">%s</th><td class=\"number\">%,d</td><td class=\"number\">%,d</td>"
                                + "<td class=\"number\">%s</td><td class=\"number\">%s</td></tr>\n",
                        size.id(),
                        recall.truePositives(),
                        recall.falseNegatives(),
                        percent(recall.occurs(), recall.overall()),
                        percent(recall.occurs(), recall.perClass()))));
        return html.append(
                        "</table></div>\n<p class=\"note\">Classes with an object of that area in the image: small is less"
                                + " than 32², medium less than 96² pixels, large the rest, as pycocotools divides them.</p>\n")
                .toString();
    }

    private static String percent(boolean known, double value) {
        return known ? String.format(Locale.ROOT, "%.2f %%", value) : "-";
    }

    private void mistakes(StringBuilder html, Orientation orientation) {
        List<Mistake> mistakes = worst.worstFirst();
        if (mistakes.isEmpty()) {
            return;
        }
        html.append("<h2>Worst mistakes</h2>\n<p class=\"note\">");
        html.append(String.format(
                Locale.ROOT,
                "%,d of the %,d images %s, %s first%s.</p>\n",
                mistakes.size(),
                worst.seen(),
                info.task().isPerPixel() ? "with a wrong pixel" : "with a wrong answer",
                info.task().isPerPixel() ? "the lowest mean IoU" : "the most confident",
                info.task().isPerPixel()
                        ? "; the answer to the left, the truth to the right; the mean is over the classes that the image has"
                                + " or was answered with"
                        : ""));
        html.append(new MistakePictures(orientation, names).html(mistakes));
    }
}
