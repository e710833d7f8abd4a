package org.elasticvision.runtime.explain.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.explain.ClassActivation;
import org.elasticvision.runtime.explain.Explanation;
import org.elasticvision.runtime.explain.HeatMap;
import org.elasticvision.runtime.explain.PolicySurvey;
import org.elasticvision.runtime.explain.ScalePolicy;
import org.elasticvision.runtime.explain.picture.MapPicture;
import org.elasticvision.runtime.explain.picture.MapPicture.Style;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.io.HtmlText;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.ModelInfo;

/**
 * Explanations as one self-contained HTML page: it has no script and works offline. Images are rendered as they are added, so that only the
 * page's text is kept. For one thread.
 */
public final class ExplainPage {
    /** The images that a page shows; of more there are the PNG files. */
    public static final int MOST_IMAGES = 100;

    private static final String TEMPLATE = "explain.html";
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final int SIDE = 400;
    private static final int MOST_CLASSES = 120;
    private static final int MOST_ANSWERS = 5;
    private static final double ALPHA = 0.6;

    private final String name;
    private final ModelInfo info;
    private final List<String> notes;
    private final boolean signed;
    private final StringBuilder body = new StringBuilder();
    private int shown;
    private int leftOut;

    /**
     * Begins a page.
     *
     * @param name of the model's file
     * @param info what the model says of itself
     * @param notes what cannot be shown, and why
     * @param signed whether maps show what speaks against a class too
     */
    public ExplainPage(String name, ModelInfo info, List<String> notes, boolean signed) {
        this.name = name;
        this.info = info;
        this.notes = List.copyOf(notes);
        this.signed = signed;
    }

    /**
     * Adds an image, if there are not {@link #MOST_IMAGES} yet.
     *
     * @param image its name
     * @param explanation of it
     */
    public void add(String image, Explanation explanation) {
        if (shown == MOST_IMAGES) {
            leftOut++;
            return;
        }
        shown++;
        body.append("<section><h2>").append(HtmlText.escape(image)).append("</h2><div class=\"pictures\">\n");
        body.append(figure(MapPicture.plain(explanation.picture(), SIDE), "the picture", answer(explanation)));
        for (ClassActivation activation : explanation.activations()) {
            Score score = activation.score();
            body.append(figure(
                    map(explanation, activation.map(), signed ? Style.SIGNED : Style.POSITIVE),
                    "class activation map of " + score.label().name(),
                    HtmlText.escape(words(score)) + " <i>logit " + String.format(Locale.ROOT, "%.2f", score.logit())
                            + "</i>"));
        }
        if (explanation.answer() instanceof Segmentation segmentation && fits(segmentation, explanation.picture())) {
            RgbImage overlay = segmentation.overlay(explanation.picture(), ALPHA);
            body.append(figure(MapPicture.plain(overlay, SIDE), "the answer", "the answer"));
        }
        explanation
                .uncertainty()
                .ifPresent(map -> body.append(figure(
                        map(explanation, map, Style.SHARE),
                        "uncertainty of each pixel",
                        String.format(Locale.ROOT, "uncertainty <i>%.1f %% on average</i>", 100 * map.mean()))));
        explanation.policy().ifPresent(policy -> body.append(chart(policy)));
        body.append("</div></section>\n");
    }

    private static boolean fits(Segmentation segmentation, RgbImage picture) {
        return segmentation.width() == picture.width() && segmentation.height() == picture.height();
    }

    private static RgbImage map(Explanation explanation, HeatMap map, Style style) {
        return MapPicture.of(explanation.picture(), explanation.seen(), map, style, SIDE);
    }

    private static String chart(ScalePolicy policy) {
        long high = policy.blocks().stream().filter(ScalePolicy.Block::isHigh).count();
        return "<figure class=\"chart\">" + PolicyChart.svg(policy) + "<figcaption>scale policy <i>high resolution in "
                + high + " of " + policy.blocks().size() + " blocks; largest score "
                + String.format(Locale.ROOT, "%.3f", policy.largest()) + "</i></figcaption></figure>\n";
    }

    private static String figure(RgbImage image, String description, String caption) {
        return "<figure><img alt=\"" + HtmlText.escape(description) + "\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(PngFiles.encode(image)) + "\"><figcaption>" + caption
                + "</figcaption></figure>\n";
    }

    private static String answer(Explanation explanation) {
        StringBuilder lines = new StringBuilder();
        if (explanation.answer() instanceof Classification classification) {
            classification.top(MOST_ANSWERS).forEach(score -> line(lines, words(score)));
        } else if (explanation.answer() instanceof LabelSet labels) {
            labels.present().forEach(score -> line(lines, words(score)));
            if (lines.isEmpty()) {
                line(lines, "none of the classes");
            }
        } else if (explanation.answer() instanceof Segmentation segmentation) {
            segmentation.areas().stream()
                    .limit(MOST_ANSWERS)
                    .forEach(area -> line(lines, words(area.label(), area.share())));
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, String words) {
        lines.append(lines.isEmpty() ? "" : "<br>").append(HtmlText.escape(words));
    }

    private static String words(Score score) {
        return words(score.label(), score.probability());
    }

    private static String words(Label label, double part) {
        return String.format(Locale.ROOT, "%s %.1f %%", label.name(), 100 * part);
    }

    /**
     * Adds the scale policies of a data set.
     *
     * @param survey of at least one image
     */
    public void add(PolicySurvey survey) {
        SurveyRows table = SurveyRows.of(survey, info.labels(), MOST_CLASSES);
        List<SurveyRows.Row> rows = table.rows();
        List<SurveyRows.Row> groups = rows.subList(1, rows.size());
        body.append("<section><h2>Mean score of each block</h2>\n")
                .append(SurveyChart.svg(
                        rows, survey.blocks(), table.scores(), (row, block) -> title(survey, row, block)))
                .append(
                        "<p>Orange: the high resolution responds more strongly; blue: the low one. In brackets the images."
                                + "</p>");
        if (!groups.isEmpty()) {
            body.append("</section>\n<section><h2>Beside all images</h2>\n")
                    .append(SurveyChart.svg(
                            groups, survey.blocks(), table.differences(), (row, block) -> title(survey, row, block)))
                    .append(
                            "<p>How far the mean score is from that of all images, in standard deviations of the images' scores"
                                    + " (full colour at 1). Orange: these images draw more on the high resolution than others do."
                                    + "</p>");
        }
        if (table.classesLeftOut() > 0) {
            body.append("<p>")
                    .append(table.classesLeftOut())
                    .append(" classes with fewer images are left out; <code>--json</code> has them all.</p>");
        }
        body.append("</section>\n");
    }

    private static String title(PolicySurvey survey, SurveyRows.Row row, int block) {
        PolicySurvey.BlockMean mean = row.group().blocks().get(block);
        return String.format(
                Locale.ROOT,
                "%s, %s: score %+.4f, deviation %.4f, high in %.0f %% of the images",
                row.name(),
                survey.blocks().get(block),
                mean.score(),
                mean.deviation(),
                100 * mean.high());
    }

    /** {@return the page's text, to be written in UTF-8} */
    public String html() {
        StringBuilder lines = new StringBuilder();
        notes.forEach(note -> lines.append("<p>").append(HtmlText.escape(note)).append("</p>\n"));
        if (leftOut > 0) {
            lines.append("<p>")
                    .append(leftOut)
                    .append(" more images are not on this page; give fewer, or -o for the pictures of all.</p>\n");
        }
        Map<String, String> texts = Map.of(
                "name", HtmlText.escape(name),
                "subtitle",
                        HtmlText.escape(info.architecture() + ", " + info.precision() + ", "
                                + info.task().id()),
                "notes", lines.toString(),
                "body", body.toString());
        return PLACE.matcher(template()).replaceAll(place -> Matcher.quoteReplacement(texts.get(place.group(1))));
    }

    private static String template() {
        try (InputStream in = ExplainPage.class.getResourceAsStream(TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
