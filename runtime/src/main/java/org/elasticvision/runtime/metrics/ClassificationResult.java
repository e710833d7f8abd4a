package org.elasticvision.runtime.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.elasticvision.runtime.metrics.confusion.ConfusionMatrix;
import org.elasticvision.runtime.metrics.figure.Words;
import org.elasticvision.runtime.model.Label;

/**
 * How well images were classified.
 *
 * @param images number of images
 * @param error1 Err@1 in percent: images whose class does not have the highest logit
 * @param error5 Err@5 in percent: images whose class is not among the five highest logits; empty where there are no more
 *     than five classes, so that none could be wrong
 * @param crossEntropy mean over the images of the cross entropy in nats
 * @param confusion how often each class was answered for each, in images
 */
public record ClassificationResult(
        long images, double error1, OptionalDouble error5, double crossEntropy, ConfusionMatrix confusion)
        implements Measures {
    @Override
    public double score() {
        return 100 - error1;
    }

    @Override
    public double error() {
        return error1;
    }

    @Override
    public String summary() {
        String first = Words.of("Err@1 %.2f", error1);
        return error5.isEmpty() ? first : first + Words.of("  Err@5 %.2f", error5.getAsDouble());
    }

    @Override
    public List<String> table(List<Label> labels) {
        List<String> lines = new ArrayList<>();
        lines.add(Words.of("Err@1          %6.2f %%", error1));
        error5.ifPresent(error -> lines.add(Words.of("Err@5          %6.2f %%", error)));
        lines.add(Words.of("Cross entropy  %6.4f", crossEntropy));
        return lines;
    }

    @Override
    public Map<String, Object> values(List<Label> labels) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("err1", error1);
        error5.ifPresent(error -> values.put("err5", error));
        values.put("crossEntropy", crossEntropy);
        return values;
    }
}
