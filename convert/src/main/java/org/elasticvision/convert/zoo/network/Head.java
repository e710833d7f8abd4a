package org.elasticvision.convert.zoo.network;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.model.Task;

/**
 * The layers of a network that belong to its task and its classes; all others are its {@link Backbone}. What kind of head it is
 * is the last layer's type: fully connected, or a 1×1 convolution.
 *
 * @param lastLayer the layer that has an output for each class
 * @param parts what the names of the head's layers are or begin with; the first is in no network with another kind of head
 */
public record Head(String lastLayer, List<String> parts) {
    public Head {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a head has at least one part");
        }
    }

    /** A head of one layer. */
    public static Head of(String layer) {
        return new Head(layer, List.of(layer));
    }

    /** {@return the head for a task, of a family that classifies by one and segments by the other} */
    public static Optional<Head> of(Task task, Head classifier, Head segmenter) {
        return Optional.of(
                switch (task) {
                    case CLASSIFICATION, MULTI_LABEL -> classifier;
                    case SEGMENTATION -> segmenter;
                });
    }

    /** {@return whether a layer or a tensor is of the head} */
    public boolean contains(String name) {
        return parts.stream().anyMatch(part -> isUnder(name, part));
    }

    /** {@return whether layers or tensors with these names are of a network with this head} */
    public boolean isIn(Collection<String> names) {
        return names.stream().anyMatch(name -> isUnder(name, parts.get(0)));
    }

    static boolean isUnder(String name, String part) {
        return name.equals(part) || name.startsWith(part + ".");
    }
}
