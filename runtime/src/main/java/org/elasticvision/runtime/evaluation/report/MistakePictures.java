package org.elasticvision.runtime.evaluation.report;

import java.util.List;
import java.util.function.UnaryOperator;
import org.elasticvision.runtime.answer.MaskOverlay;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.evaluation.Evaluation.AnsweredImage;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.io.HtmlText;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.report.Html;

/**
 * Mistakes as small pictures within a page. They are read again for it.
 *
 * @param orientation the view that the model was given
 * @param names what images are called, by their own names
 */
record MistakePictures(Orientation orientation, UnaryOperator<String> names) {
    private static final int SIDE = 192;
    private static final double ALPHA = 0.5;

    String html(List<Mistake> mistakes) {
        StringBuilder html = new StringBuilder();
        boolean pairs = mistakes.stream().anyMatch(mistake -> mistake.image() instanceof AnsweredImage.Segmented);
        html.append("<div class=\"samples").append(pairs ? " large" : "").append("\">\n");
        mistakes.forEach(mistake -> html.append(figure(mistake)));
        return html.append("</div>\n").toString();
    }

    private String figure(Mistake mistake) {
        String name = names.apply(mistake.image().image().name());
        return "<figure class=\"wrong\" title=\"" + HtmlText.escape(name) + "\">" + pictures(mistake)
                + "<figcaption><b>" + HtmlText.escape(mistake.answer()) + "</b><br>"
                + HtmlText.escape(mistake.truth()) + "<br><small>" + HtmlText.escape(name)
                + "</small></figcaption></figure>\n";
    }

    private String pictures(Mistake mistake) {
        RgbImage picture;
        try {
            picture = mistake.image().image().decode(orientation);
        } catch (ImageException e) { // the figures stand all the same
            return "<p>The picture cannot be read any more.</p>";
        }
        if (mistake.image() instanceof AnsweredImage.Segmented segmented) {
            RgbImage truth = MaskOverlay.of(
                    picture, segmented.truth(), index -> index != SegmentationMetrics.VOID && index != 0, ALPHA);
            return "<div class=\"pair\">" + image(segmented.answer().overlay(picture, ALPHA), "answer")
                    + image(truth, "truth") + "</div>";
        }
        return image(picture, mistake.answer());
    }

    private static String image(RgbImage picture, String description) {
        double scale = Math.min(1, (double) SIDE / Math.max(picture.width(), picture.height()));
        RgbImage small = scale == 1
                ? picture
                : Resampler.resize(
                        picture,
                        (int) Math.max(1, Math.round(scale * picture.width())),
                        (int) Math.max(1, Math.round(scale * picture.height())),
                        Interpolation.BILINEAR);
        return Html.image(PngFiles.encode(small), description);
    }
}
