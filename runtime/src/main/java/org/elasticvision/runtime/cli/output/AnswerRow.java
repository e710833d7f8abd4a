package org.elasticvision.runtime.cli.output;

import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.model.Label;

/**
 * A line of an answer, whatever the task.
 *
 * @param label the class
 * @param index of the class
 * @param part the class's probability, or the share of the image that it covers; 0..1
 */
public record AnswerRow(Label label, int index, double part) {
    static final int USUAL_TOP = 5;

    /**
     * {@return the rows worth showing, the best first}
     *
     * @param answer the model's answer
     * @param top at most so many; null for the task's usual number
     * @param threshold leaves out smaller parts; null for the task's usual rule
     */
    public static List<AnswerRow> of(Prediction answer, Integer top, Double threshold) {
        double least = threshold == null ? 0 : threshold;
        int most = top == null ? Integer.MAX_VALUE : top;
        Stream<AnswerRow> rows;
        if (answer instanceof Classification classification) {
            rows = classification.top(top == null ? USUAL_TOP : top).stream().map(AnswerRow::of);
        } else if (answer instanceof LabelSet labels) {
            rows = (threshold == null ? labels.present() : labels.atLeast(threshold))
                    .stream().map(AnswerRow::of);
        } else {
            rows = ((Segmentation) answer)
                    .areas().stream().map(area -> new AnswerRow(area.label(), area.index(), area.share()));
        }
        return rows.filter(row -> row.part() >= least).limit(most).toList();
    }

    private static AnswerRow of(Score score) {
        return new AnswerRow(score.label(), score.index(), score.probability());
    }
}
