package org.elasticvision.runtime.cli.evaluation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.evaluation.Evaluation.AnsweredImage;
import org.elasticvision.runtime.evaluation.report.ImageOverlap;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Task;

/** An answered image as a row of a table or as a JSON object. Stateless. */
final class PredictionRows {
    /** Between the classes of a set in a cell. */
    private static final String BETWEEN = ";";

    private static final int TOP = 5;

    private PredictionRows() {}

    /** {@return the names of the columns of {@link #cells}} */
    static List<String> columns(Task task, List<Label> labels) {
        return switch (task) {
            case CLASSIFICATION ->
                List.of("path", "truth_index", "truth", "answer_index", "answer", "probability", "correct");
            case MULTI_LABEL ->
                Stream.concat(
                                Stream.of("path", "truth", "answer", "correct"),
                                labels.stream().map(Label::name))
                        .toList();
            case SEGMENTATION -> List.of("path", "labelled_pixels", "pixel_accuracy", "mean_iou");
        };
    }

    static List<Object> cells(String path, AnsweredImage answered, List<Label> labels) {
        if (answered instanceof AnsweredImage.Classified image) {
            Score best = image.answer().best();
            return List.of(
                    path,
                    image.truth(),
                    labels.get(image.truth()).name(),
                    best.index(),
                    best.label().name(),
                    best.probability(),
                    best.index() == image.truth());
        }
        if (answered instanceof AnsweredImage.Labelled image) {
            List<Object> cells = new ArrayList<>(List.of(
                    path,
                    present(image).map(i -> labels.get(i).name()).collect(Collectors.joining(BETWEEN)),
                    image.answer().present().stream()
                            .map(score -> score.label().name())
                            .collect(Collectors.joining(BETWEEN)),
                    isCorrect(image)));
            image.answer().scores().forEach(score -> cells.add(score.probability()));
            return cells;
        }
        ImageOverlap overlap = ImageOverlap.of((AnsweredImage.Segmented) answered);
        return List.of(path, overlap.labelled(), overlap.pixelAccuracy(), overlap.meanIou());
    }

    static JsonObject json(String path, AnsweredImage answered, List<Label> labels) {
        JsonObject object = new JsonObject();
        object.addProperty("path", path);
        if (answered instanceof AnsweredImage.Classified image) {
            object.add("truth", label(image.truth(), labels));
            object.add("answers", scores(image.answer().top(TOP)));
            object.addProperty("correct", image.answer().best().index() == image.truth());
        } else if (answered instanceof AnsweredImage.Labelled image) {
            JsonArray truth = new JsonArray();
            present(image).forEach(i -> truth.add(label(i, labels)));
            JsonArray probabilities = new JsonArray();
            image.answer().scores().forEach(score -> probabilities.add(score.probability()));
            object.add("truth", truth);
            object.add("answers", scores(image.answer().present()));
            object.add("probabilities", probabilities);
            object.addProperty("correct", isCorrect(image));
        } else {
            ImageOverlap overlap = ImageOverlap.of((AnsweredImage.Segmented) answered);
            object.addProperty("labelledPixels", overlap.labelled());
            object.addProperty("pixelAccuracy", overlap.pixelAccuracy());
            object.addProperty("meanIou", overlap.meanIou());
        }
        return object;
    }

    private static Stream<Integer> present(AnsweredImage.Labelled image) {
        return IntStream.range(0, image.truth().classes())
                .filter(image.truth()::isPresent)
                .boxed();
    }

    /** Whether the answered set is the true one. */
    private static boolean isCorrect(AnsweredImage.Labelled image) {
        return image.answer().scores().stream()
                .allMatch(score -> score.logit() > 0 == image.truth().isPresent(score.index()));
    }

    private static JsonArray scores(List<Score> scores) {
        JsonArray array = new JsonArray();
        for (Score score : scores) {
            JsonObject object = label(score.index(), score.label());
            object.addProperty("probability", score.probability());
            array.add(object);
        }
        return array;
    }

    private static JsonObject label(int index, List<Label> labels) {
        return label(index, labels.get(index));
    }

    private static JsonObject label(int index, Label label) {
        JsonObject object = new JsonObject();
        object.addProperty("index", index);
        object.addProperty("id", label.id());
        object.addProperty("name", label.name());
        return object;
    }
}
