package org.elasticvision.runtime.cli.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.cli.output.AnswerRow;
import org.elasticvision.runtime.image.video.VideoFrame;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;

/** An answer as a row of a table, whose columns have the names of those of {@code evaluate --predictions}. Stateless. */
final class AnswerCells {
    /** Between the classes of a set in a cell. */
    private static final String BETWEEN = ";";

    private static final double MICROSECONDS = 1e6;

    private AnswerCells() {}

    /**
     * {@return the names of the columns}
     *
     * @param info of the model
     * @param shown how many classes of a classification are shown at most
     * @param frames whether there are frames of videos
     */
    static List<String> columns(ModelInfo info, int shown, boolean frames) {
        List<String> columns = new ArrayList<>(List.of("path"));
        if (frames) {
            columns.addAll(List.of("frame", "seconds"));
        }
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
     * @param image that was asked about; one that is not a frame of a video leaves the columns of frames empty
     * @param answer of the model
     * @param rows the classes to show, in their order
     * @param columns how many there are
     * @param frames whether there are frames of videos
     */
    static List<Object> cells(InputImage image, Prediction answer, List<AnswerRow> rows, int columns, boolean frames) {
        List<Object> cells = new ArrayList<>(List.of(image.name()));
        if (frames) {
            cells.add(image.frame().<Object>map(VideoFrame::number).orElse(""));
            cells.add(image.frame().<Object>map(AnswerCells::seconds).orElse(""));
        }
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

    /** {@return the time of a frame, to the microsecond} */
    static double seconds(VideoFrame frame) {
        return Math.round(frame.seconds() * MICROSECONDS) / MICROSECONDS;
    }
}
