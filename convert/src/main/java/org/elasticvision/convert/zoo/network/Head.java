package org.elasticvision.convert.zoo.network;

import java.util.Collection;
import java.util.List;

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
