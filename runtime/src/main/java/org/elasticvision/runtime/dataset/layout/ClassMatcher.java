package org.elasticvision.runtime.dataset.layout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;

/**
 * Finds the model's class for every class of a data set, by what {@link ClassNames} knows. By place only where that is
 * asked for, or where there are no names to go by: if the model only counts its classes, or the data set does so, in an
 * order that is the same as text and as numbers. Pairing named classes by place would silently give wrong results.
 */
public final class ClassMatcher {
    private static final String OWN_LABELS = "labels.txt";
    private static final int SHOWN = 5;
    private static final int UNKNOWN = -1;

    private final List<Label> classes;
    private final List<Label> labels;
    private final ClassNames names;
    private final Path place;
    private final Kind kind;
    private final DatasetOptions.LabelsOf whose;

    /** As what a data set has its classes, in words for messages. */
    public enum Kind {
        FOLDER("class folder", "class folders"),
        CATEGORY("category", "categories"),
        LABEL("label", "labels");

        private final String one;
        private final String several;

        Kind(String one, String several) {
            this.one = one;
            this.several = several;
        }
    }

    private ClassMatcher(
            List<Label> classes, List<Label> labels, Path place, Kind kind, DatasetOptions.LabelsOf whose) {
        this.classes = classes;
        this.labels = labels;
        this.names = new ClassNames(labels);
        this.place = place;
        this.kind = kind;
        this.whose = whose;
    }

    /**
     * Returns the class index for every class of the data set.
     *
     * @param classes the data set's classes, in the data set's own order
     * @param labels the model's labels
     * @param place the file or folder that messages name
     * @param kind what the classes are there
     * @param options whether their place alone decides, and whose labels these are
     */
    public static int[] match(List<Label> classes, List<Label> labels, Path place, Kind kind, DatasetOptions options) {
        ClassMatcher matcher = new ClassMatcher(classes, labels, place, kind, options.labelsOf());
        return options.byOrder() ? matcher.byOrder() : matcher.byName();
    }

    /**
     * {@return the names in {@code labels.txt}, a line for each number, beside data whose files only count their classes, as masks
     * and IDX files do; empty where there is no such file}
     *
     * @param folder of the data
     * @throws org.elasticvision.runtime.base.ElasticVisionException if it cannot be read
     */
    public static Optional<List<Label>> ownLabels(Path folder) {
        Path file = folder.resolve(OWN_LABELS);
        return Files.exists(file) ? Optional.of(Labels.read(file)) : Optional.empty();
    }

    /**
     * Returns the class index for every number of data whose files only count their classes.
     *
     * @param folder of the data
     * @param labels the model's labels
     * @param options whether the numbers are the model's, whatever {@link #ownLabels} says
     * @return by number; empty where they are the model's, as nothing else is known
     * @throws DatasetException if a name is not among the model's
     */
    public static Optional<int[]> matchNumbers(Path folder, List<Label> labels, DatasetOptions options) {
        return options.byOrder()
                ? Optional.empty()
                : ownLabels(folder).map(own -> match(own, labels, folder.resolve(OWN_LABELS), Kind.LABEL, options));
    }

    /** Whether a model with these labels only counts its classes. */
    public static boolean areNumbers(List<Label> labels) {
        return new ClassNames(labels).areNumbers();
    }

    private int[] byOrder() {
        if (classes.size() != labels.size()) {
            throw new DatasetException(place + ": there are " + count(classes, kind.one, kind.several) + " and the "
                    + whose.owner + " has "
                    + count(labels, "class", "classes")
                    + ", so they cannot be paired by their order; leave out --by-order and use the "
                    + whose.owner
                    + "'s names");
        }
        return inOrder();
    }

    private int[] inOrder() {
        return IntStream.range(0, classes.size()).toArray();
    }

    private int[] byName() {
        List<Set<Integer>> found = classes.stream().map(names::find).toList();
        int[] indices = found.stream()
                .mapToInt(candidates ->
                        candidates.size() == 1 ? candidates.iterator().next() : UNKNOWN)
                .toArray();
        pairNamesakes(found, indices);
        List<Integer> unknown = IntStream.range(0, indices.length)
                .filter(i -> indices[i] == UNKNOWN)
                .boxed()
                .toList();
        if (unknown.isEmpty()) {
            requireDistinct(indices);
            return indices;
        }
        boolean contradictory = found.stream().anyMatch(candidates -> candidates.size() > 1);
        if (classes.size() == labels.size() && !contradictory && haveNoNames(unknown.size() == classes.size())) {
            return inOrder();
        }
        throw new DatasetException(message(unknown, found));
    }

    /** Classes of one name, such as ImageNet's two cranes, where the model has as many of it: both keep their order. */
    private void pairNamesakes(List<Set<Integer>> found, int[] indices) {
        Map<Set<Integer>, List<Integer>> groups = new HashMap<>();
        for (int i = 0; i < indices.length; i++) {
            if (found.get(i).size() > 1) {
                groups.computeIfAbsent(found.get(i), none -> new ArrayList<>()).add(i);
            }
        }
        groups.forEach((candidates, members) -> {
            if (members.size() == candidates.size() && haveOneName(candidates)) {
                Iterator<Integer> next = candidates.iterator();
                members.forEach(member -> indices[member] = next.next());
            }
        });
    }

    private boolean haveOneName(Set<Integer> indices) {
        return indices.stream()
                        .map(index -> labels.get(index).name())
                        .distinct()
                        .count()
                == 1;
    }

    private boolean haveNoNames(boolean noneFits) {
        boolean numbers = classes.stream().allMatch(c -> ClassNames.isNumber(c.name()));
        return numbers ? areConsecutive() && (noneFits || names.areNumbers()) : names.areNumbers();
    }

    /** 0, 1, 2, … or 1, 2, 3, …, which is another order than that of text from 10 on, unless there are leading zeros. */
    private boolean areConsecutive() {
        int first = number(0);
        return (first == 0 || first == 1) && IntStream.range(0, classes.size()).allMatch(i -> number(i) == first + i);
    }

    private int number(int place) {
        String name = classes.get(place).name();
        return name.length() > 9 ? UNKNOWN : Integer.parseInt(name);
    }

    private void requireDistinct(int[] indices) {
        Map<Integer, Integer> taken = new HashMap<>();
        for (int i = 0; i < indices.length; i++) {
            Integer other = taken.put(indices[i], i);
            if (other != null) {
                throw new DatasetException(
                        place + ": " + kind.several + " '" + classes.get(other).name() + "' and '"
                                + classes.get(i).name() + "' are both the " + whose.owner + "'s class '"
                                + labels.get(indices[i]).name() + "'; put them together or rename one");
            }
        }
    }

    private String message(List<Integer> unknown, List<Set<Integer>> found) {
        List<String> shown = unknown.stream()
                .limit(SHOWN)
                .map(place -> "'" + classes.get(place).name() + "'" + reason(place, found.get(place)))
                .toList();
        String more = unknown.size() > SHOWN ? " and " + (unknown.size() - SHOWN) + " more" : "";
        Label example = labels.get(0);
        String sample = example.id().equals(example.name())
                ? "'" + example.name() + "'"
                : "id '" + example.id() + "', name '" + example.name() + "'";
        boolean several = unknown.size() > 1;
        return place + ": " + (several ? kind.several : kind.one) + " " + String.join(", ", shown) + more + " of "
                + String.format(Locale.ROOT, "%,d", classes.size()) + (several ? " are" : " is") + " not among the "
                + whose.owner + "'s " + count(labels, "class", "classes") + " (such as " + sample
                + ")" + whose.remedy
                + (classes.size() == labels.size() ? order() : "");
    }

    private static String count(List<Label> classes, String one, String several) {
        return String.format(Locale.ROOT, "%,d %s", classes.size(), classes.size() == 1 ? one : several);
    }

    private String order() {
        return ", or --by-order if the first, '" + classes.get(0).name() + "', is its '"
                + labels.get(0).name() + "', the last, '"
                + classes.get(classes.size() - 1).name() + "', its '"
                + labels.get(labels.size() - 1).name() + "', and so on";
    }

    private String reason(int place, Set<Integer> candidates) {
        if (candidates.size() > 1) {
            return " (which may be any of " + candidates.size() + " classes)";
        }
        Label own = classes.get(place);
        List<String> others = names.namesOfId(own.id());
        return others.isEmpty() || own.id().equals(own.name())
                ? ""
                : " (its id " + own.id() + " is the " + whose.owner + "'s '" + others.get(0) + "')";
    }
}
