package org.elasticvision.runtime.cli.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.cli.output.AnswerRow;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;

/** An answer as a row of a table, whose columns have the names of those of {@code evaluate --predictions}. Stateless. */
final class AnswerCells {
    /** Between the classes of a set in a cell. */
    private static final String BETWEEN = ";";

    private AnswerCells() {}

    /**
     * {@return the names of the columns}
     *
     * @param info of the model
     * @param shown how many classes of a classification are shown at most
     */
    static List<String> columns(ModelInfo info, int shown) {
        List<String> columns = new ArrayList<>(List.of("path"));
        switch (info.task()) {
            case CLASSIFICATION -> {
                for (int rank = 1; rank <= Math.min(shown, info.labels().size()); rank++) {
                    String ending = rank == 1 ? "" : "_" + rank;
                    columns.addAll(List.of("answer_index" + ending, "answer" + ending, "probability" + ending));
                }
            }
            case MULTI_LABEL -> columns.add("answer");
            case SEGMENTATION -> columns.addAll(List.of("width", "height"));
        }
        if (info.task() != Task.CLASSIFICATION) {
            info.labels().stream().map(Label::name).forEach(columns::add);
        }
        return columns;
    }

    /**
     * {@return as many cells as there are columns}
     *
     * @param image its name
     * @param answer of the model
     * @param rows the classes to show, in their order
     * @param columns how many there are
     */
    static List<Object> cells(String image, Prediction answer, List<AnswerRow> rows, int columns) {
        List<Object> cells = new ArrayList<>(List.of(image));
        if (answer instanceof Segmentation segmentation) {
            cells.addAll(List.of(segmentation.width(), segmentation.height()));
            for (int i = 0; i < segmentation.labels().size(); i++) {
                cells.add(segmentation.share(i));
            }
        } else if (answer instanceof LabelSet labels) {
            cells.add(rows.stream().map(row -> row.label().name()).collect(Collectors.joining(BETWEEN)));
            labels.scores().forEach(score -> cells.add(score.probability()));
        } else {
            for (AnswerRow row : rows) {
                cells.addAll(List.of(row.index(), row.label().name(), row.part()));
            }
            Stream.generate(() -> "").limit(columns - cells.size()).forEach(cells::add); // below the threshold
        }
        return cells;
    }
}
