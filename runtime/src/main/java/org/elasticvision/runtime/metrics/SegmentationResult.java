package org.elasticvision.runtime.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.metrics.confusion.ConfusionMatrix;
import org.elasticvision.runtime.metrics.figure.Words;
import org.elasticvision.runtime.model.Label;

/**
 * How well pixels were labelled. Unlike the error rates, these are fractions from 0 to 1, as the published code computes
 * them (it prints them times 100).
 *
 * @param images number of images
 * @param meanIou mean over all classes of their intersection over union; a class that neither occurs nor is answered counts 0
 * @param pixelAccuracy labelled pixels that got their class
 * @param classes each class's pixels, in class order
 * @param confusion how often each class was answered for each, in labelled pixels
 */
public record SegmentationResult(
        long images, double meanIou, double pixelAccuracy, List<ClassOverlap> classes, ConfusionMatrix confusion)
        implements Measures {
    public SegmentationResult {
        classes = List.copyOf(classes);
    }

    @Override
    public double score() {
        return 100 * meanIou;
    }

    @Override
    public double error() {
        return 100 - 100 * meanIou;
    }

    @Override
    public String summary() {
        return Words.of("mean IoU %.2f  pixel accuracy %.2f", 100 * meanIou, 100 * pixelAccuracy);
    }

    @Override
    public List<String> table(List<Label> labels) {
        int widest =
                labels.stream().mapToInt(label -> label.name().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.get(i).name();
            double iou = 100 * classes.get(i).iou();
            lines.add(Words.of("  %s%s  %6.2f %%", name, " ".repeat(widest - name.length()), iou));
        }
        lines.add(Words.of("Mean IoU        %6.2f %%", 100 * meanIou));
        lines.add(Words.of("Pixel accuracy  %6.2f %%", 100 * pixelAccuracy));
        return lines;
    }

    @Override
    public Map<String, Object> values(List<Label> labels) {
        Map<String, Object> ious = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            ious.put(labels.get(i).name(), classes.get(i).iou());
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("meanIou", meanIou);
        values.put("pixelAccuracy", pixelAccuracy);
        values.put("iou", ious);
        return values;
    }
}
