package org.elasticvision.runtime.cli.output;

import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Prediction;

/** A human-readable answer: the image's name, then a line per class. */
public final class AnswerText {
    private AnswerText() {}

    public static String of(String image, Prediction answer, List<AnswerRow> rows) {
        StringBuilder text = new StringBuilder(image);
        for (AnswerRow row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n  %5.1f %%  %s",
                    100 * row.part(),
                    row.label().name()));
        }
        if (rows.isEmpty()) {
            text.append(String.format("%n  ")).append(nothing(answer));
        }
        return text.toString();
    }

    /** {@return what stands in place of the classes where no class is shown} */
    public static String nothing(Prediction answer) {
        return answer instanceof LabelSet ? "none of the classes" : "nothing above the threshold";
    }
}
