package org.elasticvision.runtime.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.elasticvision.runtime.DatasetException;
import org.elasticvision.runtime.model.Label;

/**
 * Finds the model's class for every class of a data set.
 *
 * <p>By id if every id is one of the model's; else by name if every name is; else by order if there are as many classes as
 * labels and nothing points to another assignment. A name that matches, or an id that matches and is more than a number,
 * does point to one: pairing such classes by order would give wrong results without a word.
 */
final class ClassMatcher {
    private static final int SHOWN = 5;
    private static final int AMBIGUOUS = -1;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private ClassMatcher() {}

    /**
     * Returns the class index for every class of the data set.
     *
     * @param classes the data set's classes, in the data set's own order
     * @param labels the model's labels
     * @param where names file and kind of the classes in messages, such as {@code /data/val: class folder}
     */
    static int[] match(List<Label> classes, List<Label> labels, String where) {
        Map<String, Integer> byId = new HashMap<>();
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            byId.merge(labels.get(i).id(), i, (first, second) -> AMBIGUOUS);
            byName.merge(labels.get(i).name(), i, (first, second) -> AMBIGUOUS);
        }
        int[] ids = classes.stream()
                .mapToInt(c -> byId.getOrDefault(c.id(), AMBIGUOUS))
                .toArray();
        if (IntStream.of(ids).allMatch(index -> index >= 0)) {
            return ids;
        }
        int[] names = classes.stream()
                .mapToInt(c -> byName.getOrDefault(c.name(), AMBIGUOUS))
                .toArray();
        if (IntStream.of(names).allMatch(index -> index >= 0)) {
            return names;
        }
        List<String> unmatched = IntStream.range(0, classes.size())
                .filter(i ->
                        names[i] < 0 && (ids[i] < 0 || isNumber(classes.get(i).id())))
                .mapToObj(i -> "'" + classes.get(i).name() + "'")
                .toList();
        if (unmatched.size() == classes.size() && classes.size() == labels.size()) {
            return IntStream.range(0, classes.size()).toArray();
        }
        throw new DatasetException(message(unmatched, classes.size(), labels, where));
    }

    private static boolean isNumber(String id) {
        return NUMBER.matcher(id).matches();
    }

    private static String message(List<String> unmatched, int classes, List<Label> labels, String where) {
        String shown = String.join(", ", unmatched.subList(0, Math.min(SHOWN, unmatched.size())));
        String more = unmatched.size() > SHOWN ? " and " + (unmatched.size() - SHOWN) + " more" : "";
        Label example = labels.get(0);
        return where + " " + shown + more + " of " + classes + " not among the model's " + labels.size()
                + " classes (such as id '" + example.id() + "', name '" + example.name()
                + "'); use the model's ids or names, or a model of this data set";
    }
}
