package org.elasticvision.convert.tensorrt.support;

import java.util.Collection;
import java.util.List;

/** Lists in sentences. */
final class Words {
    private Words() {}

    /** "a, b or c". */
    static String or(Collection<?> items) {
        return joined(items, " or ");
    }

    /** "a, b and c". */
    static String and(Collection<?> items) {
        return joined(items, " and ");
    }

    private static String joined(Collection<?> items, String last) {
        List<String> words = items.stream().map(String::valueOf).toList();
        int count = words.size();
        return count < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, count - 1)) + last + words.get(count - 1);
    }
}
