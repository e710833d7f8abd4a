package org.elasticvision.runtime.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many of the classes that are present at one size were answered. (The answer does not say a size, so there is no
 * precision by size.)
 *
 * @param truePositives classes answered and present at the size, summed over images and classes
 * @param falseNegatives classes not answered and present at the size
 * @param overall recall in percent from these sums
 * @param perClass mean over all classes of the class's own recall in percent; a class without a true positive counts 0
 */
public record SizeRecall(long truePositives, long falseNegatives, double overall, double perClass) {
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        if (occurs()) {
            values.put("overall", overall);
            values.put("perClass", perClass);
        }
        values.put("truePositives", truePositives);
        values.put("falseNegatives", falseNegatives);
        return values;
    }

    /** {@return whether any image has a class at the size; where none has, there is no recall to speak of} */
    public boolean occurs() {
        return truePositives + falseNegatives > 0;
    }
}
