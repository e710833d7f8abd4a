package org.elasticvision.runtime.evaluation.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.evaluation.Evaluation.AnsweredImage;

/**
 * An image that was answered wrongly.
 *
 * @param badness larger is worse; comparable within a task
 * @param image with its answer
 * @param answer in words
 * @param truth in words
 */
record Mistake(double badness, AnsweredImage image, String answer, String truth) {
    /** {@return what is wrong with the answer; empty where nothing is} */
    static Optional<Mistake> of(AnsweredImage answered) {
        if (answered instanceof AnsweredImage.Classified image) {
            return of(image);
        }
        return answered instanceof AnsweredImage.Labelled image ? of(image) : of((AnsweredImage.Segmented) answered);
    }

    private static Optional<Mistake> of(AnsweredImage.Classified image) {
        Score best = image.answer().best();
        if (best.index() == image.truth()) {
            return Optional.empty();
        }
        Score own = image.answer().ranking().stream()
                .filter(score -> score.index() == image.truth())
                .findFirst()
                .orElseThrow();
        return Optional.of(new Mistake(best.probability(), image, words(best), "is " + words(own)));
    }

    /** By the decision that is the most confident of the wrong ones. */
    private static Optional<Mistake> of(AnsweredImage.Labelled image) {
        MultiLabelTarget truth = image.truth();
        LabelSet answer = image.answer();
        return answer.scores().stream()
                .filter(score -> score.logit() > 0 != truth.isPresent(score.index()))
                .max(Comparator.comparingDouble(score -> Math.abs(score.logit())))
                .map(score -> {
                    boolean invented = score.logit() > 0;
                    List<String> there = answer.scores().stream()
                            .filter(one -> truth.isPresent(one.index()))
                            .map(one -> one.label().name())
                            .toList();
                    return new Mistake(
                            Math.abs(score.logit()),
                            image,
                            (invented ? "not there: " : "missed: ") + words(score),
                            there.isEmpty() ? "has none of the classes" : "has " + String.join(", ", there));
                });
    }

    private static Optional<Mistake> of(AnsweredImage.Segmented image) {
        ImageOverlap overlap = ImageOverlap.of(image);
        if (overlap.labelled() == 0 || overlap.meanIou() == 1) {
            return Optional.empty();
        }
        String found =
                image.answer().areas().stream().map(area -> area.label().name()).collect(Collectors.joining(", "));
        return Optional.of(new Mistake(
                -overlap.meanIou(),
                image,
                String.format(Locale.ROOT, "mean IoU %.1f %%", 100 * overlap.meanIou()),
                String.format(
                        Locale.ROOT,
                        "%.1f %% of the pixels right; answered: %s",
                        100 * overlap.pixelAccuracy(),
                        found)));
    }

    private static String words(Score score) {
        return String.format(Locale.ROOT, "%s %.1f %%", score.label().name(), 100 * score.probability());
    }
}
