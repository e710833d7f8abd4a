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

    /**
     * {@return the figures that are kept of an epoch}
     *
     * @param summary of the epoch
     */
    public static MetricsRecord of(EpochSummary summary) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("train_loss", summary.training().loss());
        values.put("train_error", summary.training().error());
        values.put("val_loss", summary.validation().loss());
        values.put("val_error", summary.validation().error());
        values.put("learning_rate", summary.learningRates().last());
        values.put("images_per_second", summary.training().imagesPerSecond());
        values.put("seconds_waited_for_data", summary.training().waited().toMillis() / 1e3);
        values.put("seconds", summary.took().toMillis() / 1e3);
        return new MetricsRecord(summary.step(), summary.epoch(), values);
    }
}
