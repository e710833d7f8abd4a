package org.elasticvision.train.check.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.train.check.finding.Finding.Example;

/** Collects what is found: of each kind how often, and the first examples, so that its memory is bounded. Not thread-safe. */
public final class Findings {
    private final boolean skipsBad;
    private final int most;
    private final Map<FindingKind, List<Example>> examples = new EnumMap<>(FindingKind.class);
    private final Map<FindingKind, Long> counts = new EnumMap<>(FindingKind.class);

    /**
     * Begins without any.
     *
     * @param skipsBad whether the run leaves out images that cannot be used
     * @param most examples of each kind that are kept
     */
    public Findings(boolean skipsBad, int most) {
        this.skipsBad = skipsBad;
        this.most = most;
    }

    /**
     * Adds one.
     *
     * @param kind what it is
     * @param name of a file, a class or a place in a file
     * @param detail what is wrong with it; may be empty
     */
    public void add(FindingKind kind, String name, String detail) {
        add(kind, name, detail, "");
    }

    /**
     * Adds one of a pair of images.
     *
     * @param kind what it is
     * @param name of the image
     * @param detail what is wrong with it
     * @param other name of the other image
     */
    public void add(FindingKind kind, String name, String detail, String other) {
        counts.merge(kind, 1L, Long::sum);
        List<Example> kept = examples.computeIfAbsent(kind, none -> new ArrayList<>());
        if (kept.size() < most) {
            kept.add(new Example(name, detail, other));
        }
    }

    /**
     * Forgets a kind that turned out not to be worth telling.
     *
     * @param kind what it is
     */
    public void remove(FindingKind kind) {
        counts.remove(kind);
        examples.remove(kind);
    }

    /**
     * {@return how often a kind was found}
     *
     * @param kind what it is
     */
    public long count(FindingKind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** {@return all, the worst first} */
    public List<Finding> all() {
        return counts.entrySet().stream()
                .map(entry -> new Finding(
                        entry.getKey(),
                        entry.getKey().severity(skipsBad),
                        entry.getValue(),
                        examples.get(entry.getKey())))
                .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::kind))
                .toList();
    }
}
