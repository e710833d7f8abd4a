package org.elasticvision.runtime.cli.explain;

import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.cli.output.AnswerRow;
import org.elasticvision.runtime.cli.output.AnswerText;
import org.elasticvision.runtime.explain.ClassActivation;
import org.elasticvision.runtime.explain.Explanation;
import org.elasticvision.runtime.explain.HeatMap;
import org.elasticvision.runtime.explain.PolicySurvey;
import org.elasticvision.runtime.explain.PolicySurvey.BlockMean;
import org.elasticvision.runtime.explain.PolicySurvey.Group;
import org.elasticvision.runtime.explain.ScalePolicy;
import org.elasticvision.runtime.explain.page.SurveyRows;

/** Human-readable explanations. Stateless. */
final class ExplainText {
    private ExplainText() {}

    static String of(String image, Explanation explanation, ExplanationFiles.Written files) {
        StringBuilder text = new StringBuilder(
                AnswerText.of(image, explanation.answer(), AnswerRow.of(explanation.answer(), null, null)));
        for (ClassActivation activation : explanation.activations()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n  %s (logit %.3f) is seen most at %s",
                    activation.score().label().name(),
                    activation.score().logit(),
                    place(activation.map())));
        }
        explanation
                .uncertainty()
                .ifPresent(map -> text.append(String.format(
                        Locale.ROOT,
                        "%n  uncertainty %.1f %% on average, at most %.1f %%",
                        100 * map.mean(),
                        100 * map.max())));
        explanation.policy().ifPresent(policy -> policy(text, policy));
        files.all().forEach(file -> text.append(String.format("%n  wrote %s", file)));
        return text.toString();
    }

    /** The middle of the strongest cell, in words that need no picture. */
    private static String place(HeatMap map) {
        float[] values = map.values();
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        int row = best / map.width();
        int column = best % map.width();
        return String.format(
                Locale.ROOT,
                "%.0f %% across, %.0f %% down its input",
                100 * (column + 0.5) / map.width(),
                100 * (row + 0.5) / map.height());
    }

    private static void policy(StringBuilder text, ScalePolicy policy) {
        long high = policy.blocks().stream().filter(ScalePolicy.Block::isHigh).count();
        text.append(String.format(
                "%n  scale policy: high resolution in %d of %d blocks",
                high, policy.blocks().size()));
        int longest =
                longest(policy.blocks().stream().map(ScalePolicy.Block::name).toList());
        for (ScalePolicy.Block block : policy.blocks()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n    %-" + longest + "s  %9s  high %7.4f  low %7.4f  score %+8.4f  %s",
                    block.name(),
                    block.width() + "x" + block.height(),
                    block.high(),
                    block.low(),
                    block.score(),
                    block.isHigh() ? "high" : "low"));
        }
    }

    static String of(PolicySurvey survey, SurveyRows rows) {
        StringBuilder text = new StringBuilder();
        Group all = survey.all();
        text.append("scale policies of ").append(all.images()).append(all.images() == 1 ? " image" : " images");
        int longest = longest(survey.blocks());
        for (int i = 0; i < survey.blocks().size(); i++) {
            BlockMean mean = all.blocks().get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%n  %-" + longest + "s  score %+8.4f ± %6.4f  high in %5.1f %% of the images",
                    survey.blocks().get(i),
                    mean.score(),
                    mean.deviation(),
                    100 * mean.high()));
        }
        rows.rows().stream().skip(1).forEach(row -> group(text, row));
        if (rows.classesLeftOut() > 0) {
            text.append(String.format(
                    "%n%d classes with fewer images are left out; --json has them all", rows.classesLeftOut()));
        }
        return text.toString();
    }

    /** A group in one line: the average over the blocks, which orders groups by the resolution that they need. */
    private static void group(StringBuilder text, SurveyRows.Row row) {
        double high = row.group().blocks().stream()
                .mapToDouble(BlockMean::high)
                .average()
                .orElse(0);
        text.append(String.format(
                Locale.ROOT,
                "%n  %s: high resolution in %.1f %% of the blocks (%d images)",
                row.name(),
                100 * high,
                row.group().images()));
    }

    private static int longest(List<String> names) {
        return names.stream().mapToInt(String::length).max().orElse(1);
    }
}
