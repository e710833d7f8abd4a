package org.elasticvision.runtime.dataset.layout;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;

/**
 * What the classes of a model are called, from the most exact to the loosest: the name; the id; the name in any case, with
 * spaces for underscores and hyphens; one of its names where several stand in a list ({@code tench, Tinca tinca}); and what
 * ImageNet calls the class of a WordNet id. The first of these that knows a name says which classes have it.
 */
public final class ClassNames {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern PLACEHOLDER = Pattern.compile("(class )?[0-9]+");
    private static final Pattern WORDNET_ID = Pattern.compile("n[0-9]{8}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s_-]+");
    private static final Pattern COMMA = Pattern.compile(",");

    private final List<Label> labels;
    private final Map<String, Set<Integer>> names;
    private final Map<String, Set<Integer>> ids;
    private final List<Map<String, Set<Integer>>> loose;

    public ClassNames(List<Label> labels) {
        this.labels = labels;
        names = index(label -> List.of(label.name()));
        ids = index(label -> List.of(label.id()));
        loose = List.of(
                index(label -> List.of(fold(label.name()))),
                index(label -> synonyms(label.name())),
                index(label -> WordNet.names(label.id())));
    }

    /** The labels of ImageNet, read when the first WordNet id is met. */
    private static final class WordNet {
        private static final Map<String, List<String>> NAMES = new HashMap<>();

        static {
            Labels.imagenet1k().forEach(label -> NAMES.put(label.id(), synonyms(label.name())));
        }

        static List<String> names(String id) {
            return isWordNetId(id) ? NAMES.getOrDefault(id, List.of()) : List.of();
        }
    }

    private static boolean isWordNetId(String id) {
        return WORDNET_ID.matcher(id).matches();
    }

    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Whether the model only counts its classes, as one that was converted without labels does. */
    boolean areNumbers() {
        return labels.stream()
                .allMatch(label -> PLACEHOLDER.matcher(label.name()).matches());
    }

    /** The indices of all labels that a data set's class may be; one if it is clear. */
    public Set<Integer> find(Label wanted) {
        Set<Integer> named = names.getOrDefault(wanted.name(), Set.of());
        Set<Integer> identified = hasTellingId(wanted) ? ids.getOrDefault(wanted.id(), Set.of()) : Set.of();
        if (!named.isEmpty() && !identified.isEmpty()) {
            Set<Integer> both = new TreeSet<>(named);
            both.retainAll(identified);
            Set<Integer> either = new TreeSet<>(named);
            either.addAll(identified);
            return both.size() == 1 ? both : either;
        }
        if (!identified.isEmpty()) {
            return identified;
        }
        if (named.size() > 1) {
            return withId(named, wanted.id());
        }
        return named.isEmpty() ? findLoosely(wanted) : named;
    }

    /** A folder's name may be an id, and a WordNet id is one; a mere number is only where a list happened to begin. */
    private static boolean hasTellingId(Label wanted) {
        return wanted.id().equals(wanted.name()) || !isNumber(wanted.id());
    }

    private Set<Integer> withId(Set<Integer> candidates, String id) {
        Set<Integer> same = new TreeSet<>(candidates);
        same.retainAll(ids.getOrDefault(id, Set.of()));
        return same.size() == 1 ? same : candidates;
    }

    private Set<Integer> findLoosely(Label wanted) {
        for (Map<String, Set<Integer>> level : loose) {
            Set<Integer> found = level.getOrDefault(fold(wanted.name()), Set.of());
            if (!found.isEmpty()) {
                return found;
            }
        }
        for (String name : WordNet.names(wanted.id())) {
            Set<Integer> found = loose.get(1).getOrDefault(name, Set.of());
            if (!found.isEmpty()) {
                return found;
            }
        }
        return Set.of();
    }

    /** The name of the label with that id, if there is one. */
    List<String> namesOfId(String id) {
        return ids.getOrDefault(id, Set.of()).stream()
                .map(index -> labels.get(index).name())
                .toList();
    }

    private Map<String, Set<Integer>> index(Function<Label, List<String>> keys) {
        Map<String, Set<Integer>> index = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            for (String key : keys.apply(labels.get(i))) {
                index.computeIfAbsent(key, none -> new TreeSet<>()).add(i);
            }
        }
        return index;
    }

    /** In one case, one form of accents (macOS writes them apart) and with single spaces between the words. */
    private static String fold(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return SEPARATORS.matcher(composed).replaceAll(" ").strip();
    }

    private static List<String> synonyms(String name) {
        List<String> synonyms = new ArrayList<>();
        for (String part : COMMA.split(name, -1)) {
            String folded = fold(part);
            if (!folded.isEmpty()) {
                synonyms.add(folded);
            }
        }
        return synonyms;
    }
}
