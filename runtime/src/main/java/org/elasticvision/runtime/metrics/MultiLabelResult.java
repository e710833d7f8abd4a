package org.elasticvision.runtime.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.dataset.ObjectSize;

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
}
