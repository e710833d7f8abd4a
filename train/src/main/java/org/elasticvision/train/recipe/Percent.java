package org.elasticvision.train.recipe;

import java.util.Locale;

/** Parts of a whole as a person reads them. */
final class Percent {
    private Percent() {}

    static String of(double part) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * part);
    }
}
