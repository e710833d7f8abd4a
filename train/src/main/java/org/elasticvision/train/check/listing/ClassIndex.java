package org.elasticvision.train.check.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.elasticvision.runtime.dataset.layout.ClassNames;
import org.elasticvision.runtime.model.Label;

/** The network's classes, and behind them those that only the data have. Pairs names as training does. Not thread-safe. */
final class ClassIndex {
    private final List<Label> labels;
    private final ClassNames names;
    private final List<String> all = new ArrayList<>();

    ClassIndex(List<Label> labels) {
        this.labels = List.copyOf(labels);
        this.names = new ClassNames(labels);
        labels.forEach(label -> all.add(label.name()));
    }

    /** {@return the index of a class of the data, which is added where the network has none of that name} */
    int of(Label wanted) {
        Set<Integer> found = names.find(wanted);
        if (found.size() == 1) {
            return found.iterator().next();
        }
        int known = all.indexOf(wanted.name());
        if (known >= 0) {
            return known;
        }
        all.add(wanted.name());
        return all.size() - 1;
    }

    /** {@return whether a class is one of the network's} */
    boolean isKnown(int index) {
        return index < labels.size();
    }

    List<String> all() {
        return List.copyOf(all);
    }
}
