package org.elasticvision.convert.zoo.network;

import java.util.Set;

/**
 * How a network starts from the weights of a relative that has other blocks: what the two have in common is taken over.
 *
 * @param added layers of the network that the relative lacks
 * @param spare tensors of the relative that the network has no use for
 * @param zeros weights among the added layers that are zero at first, so that new blocks pass on what comes in
 */
public record PartialStart(Set<String> added, Set<String> spare, Set<String> zeros) {
    /** Of a network that starts from its like alone. */
    public static final PartialStart NONE = new PartialStart(Set.of(), Set.of(), Set.of());

    public PartialStart {
        added = Set.copyOf(added);
        spare = Set.copyOf(spare);
        zeros = Set.copyOf(zeros);
    }
}
