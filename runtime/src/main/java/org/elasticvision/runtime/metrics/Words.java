package org.elasticvision.runtime.metrics;

import java.util.Locale;

/** Text with figures, the same in every country. */
final class Words {
    private Words() {}

    static String of(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
