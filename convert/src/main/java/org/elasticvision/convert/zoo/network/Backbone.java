package org.elasticvision.convert.zoo.network;

import java.util.List;

/**
 * The layers of a network that stay the same whatever its task and its classes.
 *
 * @param prefix what precedes their names, such as {@code base.}; often empty
 * @param unused layers among them that no answer depends on, prefix included
 */
public record Backbone(String prefix, List<String> unused) {
    /** One whose layers have no prefix and are all used. */
    public static final Backbone PLAIN = new Backbone("", List.of());

    public Backbone {
        unused = List.copyOf(unused);
    }

    /** {@return whether a layer or a tensor is of those that nothing depends on} */
    public boolean isUnused(String name) {
        return unused.stream().anyMatch(part -> Head.isUnder(name, part));
    }
}
