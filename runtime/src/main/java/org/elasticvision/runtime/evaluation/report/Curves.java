package org.elasticvision.runtime.evaluation.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.evaluation.Evaluation.AnsweredImage;
import org.elasticvision.runtime.metrics.curve.Calibration;
import org.elasticvision.runtime.metrics.curve.PrecisionRecallCurve;
import org.elasticvision.runtime.metrics.curve.RankedScores;
import org.elasticvision.runtime.model.Label;

/** Precision over recall of each class, and calibration, in bounded memory however many images there are. Not thread-safe. */
final class Curves {
    /** So many are kept as they are, 32 MB: those of 80 classes for 100,000 images. */
    private static final int EXACT_SCORES = 1 << 23;

    private static final int CHARTS = 24;
    private static final double THINNED = 0.005;

    private final List<RankedScores> classes;
    private final Calibration calibration = new Calibration();
    private boolean labelSets;

    Curves(int classes) {
        this.classes = Stream.generate(() -> new RankedScores(EXACT_SCORES / classes))
                .limit(classes)
                .toList();
    }

    void add(AnsweredImage.Classified image) {
        Score best = image.answer().best();
        calibration.add(best.probability(), best.index() == image.truth());
        image.answer().ranking().forEach(score -> classes.get(score.index())
                .add(RankedScores.logOdds(score.probability()), score.index() == image.truth()));
    }

    void add(AnsweredImage.Labelled image) {
        labelSets = true;
        for (Score score : image.answer().scores()) {
            boolean present = image.truth().isPresent(score.index());
            calibration.add(score.probability(), present);
            classes.get(score.index()).add(score.logit(), present);
        }
    }

    /** {@return of each class, in percent; NaN where no image has it} */
    double[] averagePrecisions() {
        return classes.stream()
                .mapToDouble(one -> 100 * one.curve().averagePrecision())
                .toArray();
    }

    String html(List<Label> labels) {
        double[] areas = averagePrecisions();
        List<Integer> worstFirst = IntStream.range(0, areas.length)
                .filter(i -> !Double.isNaN(areas[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> areas[i]))
                .toList();
        double mean = worstFirst.stream().mapToDouble(i -> areas[i]).average().orElse(0);
        RankedScores together = new RankedScores(EXACT_SCORES);
        classes.forEach(together::merge);
        StringBuilder html = new StringBuilder("<h2>Precision and recall</h2>\n");
        html.append(String.format(
                Locale.ROOT,
                "<p>Mean average precision %.2f %%: the mean over the %,d classes that occur.</p>\n",
                mean,
                worstFirst.size()));
        html.append("<p class=\"note\">A class's average precision (AP) is the area below the steps of its curve,"
                + " Σ (R<sub>n</sub> − R<sub>n−1</sub>) P<sub>n</sub> over falling thresholds, without interpolation, as"
                + " scikit-learn’s average_precision_score defines it; each class against all others, by its"
                + " probability");
        if (!together.isExact()) {
            html.append(
                    ". For so many scores they are counted in bins of 1/128 of ln(p / (1 − p)) from −16 to 16, and those of"
                            + " one bin are tied");
        }
        if (worstFirst.size() > CHARTS) {
            html.append("; below are all classes taken together and the ")
                    .append(CHARTS)
                    .append(" classes with the lowest AP");
        }
        html.append(".</p>\n<div class=\"charts curves\">\n");
        html.append(chart("all classes together", together.curve()));
        worstFirst.stream()
                .limit(CHARTS)
                .forEach(i ->
                        html.append(chart(labels.get(i).name(), classes.get(i).curve())));
        return html.append("</div>\n").append(calibration()).toString();
    }

    private static String chart(String name, PrecisionRecallCurve curve) {
        String title = String.format(Locale.ROOT, "%s, AP %.2f %%", name, 100 * curve.averagePrecision());
        return new UnitChart(title, "recall", "precision")
                .steps(curve.thinned(THINNED))
                .figure();
    }

    private String calibration() {
        String said = labelSets ? "probability of a class in an image" : "probability of the answered class";
        String isTrue = labelSets ? "part that is present" : "part that is right";
        return String.format(
                Locale.ROOT,
                "<h2>Calibration</h2>\n<p>Expected calibration error (ECE) %.2f %%.</p>\n<p class=\"note\">%d bins of equal"
                        + " width by the %s; ECE is the mean of |%s − mean probability| over the bins, weighted by their"
                        + " counts (Guo et al., On Calibration of Modern Neural Networks, ICML 2017, section 2%s). On the"
                        + " dashed line answers are right as often as they say.</p>\n<div class=\"charts curves\">\n%s</div>\n",
                100 * calibration.error(),
                Calibration.BINS,
                said,
                isTrue,
                labelSets ? ", here for each class of each image" : "",
                new UnitChart("Calibration", said, isTrue)
                        .bars(calibration.bins())
                        .diagonal()
                        .figure());
    }
}
