package org.elasticvision.train.progress;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures at one moment of a run.
 *
 * @param step optimiser steps done since the beginning of the run
 * @param epoch epochs done, with fractions within one
 * @param values by name, such as {@code train_loss}; not a number where a figure could not be computed
 */
public record MetricsRecord(long step, double epoch, Map<String, Double> values) {
    public MetricsRecord {
        if (step < 0 || !(epoch >= 0) || Double.isInfinite(epoch)) {
            throw new IllegalArgumentException("step " + step + " and epoch " + epoch + " must be at least 0");
        }
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        for (String name : values.keySet()) {
            if (!name.matches("[a-z][a-z0-9_]*")) {
                throw new IllegalArgumentException(
                        "metric '" + name + "' must consist of small letters, digits and underscores");
            }
        }
    }
}
