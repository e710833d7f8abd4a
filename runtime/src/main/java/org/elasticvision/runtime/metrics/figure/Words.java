package org.elasticvision.runtime.metrics.figure;

import java.util.Locale;

/** Text with figures, the same in every country. */
public final class Words {
    private Words() {}

    public static String of(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
