package org.elasticvision.train.recipe;

import java.util.Locale;

/** Human-readable parts of a whole. */
final class Percent {
    private Percent() {}

    static String of(double part) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * part);
    }
}
