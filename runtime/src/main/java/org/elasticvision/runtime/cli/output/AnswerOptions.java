package org.elasticvision.runtime.cli.output;

import java.util.List;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.cli.option.OptionNames;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How much of an answer is shown. */
public final class AnswerOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private Integer top;
    private Double threshold;

    @Option(
            names = "--top",
            paramLabel = "K",
            description = "Show at most K classes (default: 5 for classification, else all that are there).")
    void setTop(int count) {
        OptionNames.check(command.commandLine(), () -> Check.atLeast("--top", count, 1));
        top = count;
    }

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "Show classes of at least this probability, 0 to 1; of a segmentation, those that cover at"
                    + " least this share of the image"
                    + " (default for label sets: 0.5).")
    void setThreshold(double probability) {
        OptionNames.check(command.commandLine(), () -> Check.isPart("--threshold", probability));
        threshold = probability;
    }

    public List<AnswerRow> rows(Prediction answer) {
        return AnswerRow.of(answer, top, threshold);
    }

    /** {@return how many classes of a classification are shown at most} */
    public int classesAtMost() {
        return top == null ? AnswerRow.USUAL_TOP : top;
    }

    /** Whether any of these options is on the command line. */
    boolean isGiven() {
        return top != null || threshold != null;
    }
}
