package org.elasticvision.runtime.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.dataset.coco.ObjectSize;
import org.elasticvision.runtime.metrics.figure.Words;
import org.elasticvision.runtime.model.Label;

/**
 * How well the classes in images were found. {@code perClass} is P_C, R_C, F_C of the paper's table: means over the classes,
 * where F is the mean of the classes' own F and not the F of the means. {@code overall} is P_O, R_O, F_O: from the counts
 * of all classes together.
 *
 * @param images number of images
 * @param perClass means over all classes; a class without a true positive counts 0
 * @param overall all classes' decisions taken together
 * @param classes counts of each class, in class order
 * @param bySize recall for small, medium and large objects
 * @param binaryCrossEntropy mean over images and classes of the cross entropy between target and sigmoid(logit), in nats;
 *     the published training loss is 80 times this
 */
public record MultiLabelResult(
        long images,
        PrecisionRecall perClass,
        PrecisionRecall overall,
        List<ClassCounts> classes,
        Map<ObjectSize, SizeRecall> bySize,
        double binaryCrossEntropy)
        implements Measures {
    public MultiLabelResult {
        classes = List.copyOf(classes);
        Map<ObjectSize, SizeRecall> inOrder = new EnumMap<>(ObjectSize.class);
        inOrder.putAll(bySize);
        bySize = Collections.unmodifiableMap(inOrder);
    }

    @Override
    public double score() {
        return overall.f1();
    }

    @Override
    public double error() {
        return 100 - overall.f1();
    }

    @Override
    public String summary() {
        return Words.of(
                "F %.2f  P %.2f  R %.2f  F per class %.2f",
                overall.f1(), overall.precision(), overall.recall(), perClass.f1());
    }

    @Override
    public List<String> table(List<Label> labels) {
        List<String> lines = new ArrayList<>();
        lines.add(line("C", perClass));
        lines.add(line("O", overall));
        lines.add("");
        lines.add("Recall by object size");
        lines.add("             overall  per class");
        bySize.forEach((size, recall) -> lines.add(
                recall.occurs()
                        ? Words.of("  %-8s  %7.2f %%  %7.2f %%", size.id(), recall.overall(), recall.perClass())
                        : Words.of("  %-8s  %7s    %7s", size.id(), "-", "-")));
        lines.add("");
        return lines;
    }

    private static String line(String kind, PrecisionRecall means) {
        return Words.of(
                "P_%s %6.2f %%   R_%s %6.2f %%   F_%s %6.2f %%",
                kind, means.precision(), kind, means.recall(), kind, means.f1());
    }

    @Override
    public Map<String, Object> values(List<Label> labels) {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, "C", perClass);
        put(values, "O", overall);
        Map<String, Object> sizes = new LinkedHashMap<>();
        bySize.forEach((size, recall) -> sizes.put(size.id(), recall.values()));
        values.put("recallBySize", sizes);
        return values;
    }

    private static void put(Map<String, Object> values, String kind, PrecisionRecall means) {
        values.put("P_" + kind, means.precision());
        values.put("R_" + kind, means.recall());
        values.put("F_" + kind, means.f1());
    }
}
