package org.elasticvision.samples.serve.v2;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.v2.request.BadRequest;
import org.elasticvision.samples.serve.v2.request.InferRequest;
import org.elasticvision.samples.serve.v2.request.NamedTensor;
import org.elasticvision.samples.serve.v2.request.TensorNames;

/** Which outputs a request gets, and makes them. */
final class ModelOutputs {
    private ModelOutputs() {}

    /**
     * {@return the names of the outputs that a request gets, in its order}
     *
     * @throws RequestRefused 400 for one that the model does not have, or not for this input
     */
    static List<String> names(InferRequest request, Task task) {
        List<String> there = there(request.input().name(), task);
        if (request.outputs().isEmpty()) {
            return there;
        }
        List<String> names = request.outputs().stream()
                .map(InferRequest.Wanted::name)
                .distinct()
                .toList();
        for (String name : names) {
            if (!there.contains(name)) {
                throw BadRequest.of("there is no output '" + name + "' for the input '"
                        + request.input().name() + "' of this " + task + " model; ask for "
                        + String.join(", ", there));
            }
        }
        return names;
    }

    private static List<String> there(String input, Task task) {
        List<String> names = new ArrayList<>();
        boolean files = input.equals(TensorNames.FILE);
        if (!task.isPerPixel()) {
            names.add(TensorNames.LOGITS);
            names.add(TensorNames.PROBABILITIES);
        } else if (!files) {
            names.add(TensorNames.LOGITS);
        }
        if (files) {
            names.add(TensorNames.ANSWER);
        }
        return names;
    }

    /** {@return logits or probabilities of predictions, {@code [N, classes]}} */
    static NamedTensor ofScores(String name, List<Prediction> predictions) {
        int classes = scores(predictions.get(0)).size();
        float[] values = new float[predictions.size() * classes];
        for (int i = 0; i < predictions.size(); i++) {
            for (Score score : scores(predictions.get(i))) {
                values[i * classes + score.index()] =
                        name.equals(TensorNames.LOGITS) ? score.logit() : (float) score.probability();
            }
        }
        return NamedTensor.of(name, List.of(predictions.size(), classes), values);
    }

    private static List<Score> scores(Prediction prediction) {
        if (prediction instanceof Classification classification) {
            return classification.ranking();
        }
        if (prediction instanceof LabelSet labels) {
            return labels.scores();
        }
        throw new IllegalArgumentException(prediction instanceof Segmentation ? "no scores" : prediction.toString());
    }

    /** {@return the network's output as it is} */
    static NamedTensor ofLogits(Tensor output) {
        return NamedTensor.of(TensorNames.LOGITS, output.shape().dimensions(), output.values());
    }
}
