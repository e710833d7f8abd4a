package org.elasticvision.train.checkpoint;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.Backbone;
import org.elasticvision.convert.zoo.network.Head;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;

/**
 * What is head and what is backbone in a checkpoint and in the network that is to take it over, and which name of the one is
 * which of the other.
 *
 * @param target the network
 * @param sameKind whether both are segmentation networks, or neither is
 * @param sourceHeads heads that the checkpoint's network may have
 * @param sourceBackbone of the checkpoint's network
 */
record HeadNames(Network target, boolean sameKind, List<Head> sourceHeads, Backbone sourceBackbone) {
    static HeadNames of(Collection<String> source, Network target, Task task) {
        boolean sourceSegments = Architecture.isSegmentation(source);
        Backbone sourceBackbone = Architecture.prefixedBackbones(Task.SEGMENTATION).stream()
                .filter(backbone -> source.stream().anyMatch(name -> name.startsWith(backbone.prefix())))
                .findFirst()
                .orElse(Backbone.PLAIN);
        return new HeadNames(
                target,
                sourceSegments == task.isPerPixel(),
                Architecture.heads(sourceSegments ? Task.SEGMENTATION : Task.CLASSIFICATION),
                sourceBackbone);
    }

    /** The checkpoint's name for a tensor of the network; empty for a head of another kind. */
    Optional<String> source(String name) {
        if (!sameKind && target.head().contains(name)) {
            return Optional.empty();
        }
        String prefix = target.backbone().prefix();
        return Optional.of(
                sourceBackbone.prefix().equals(prefix)
                        ? name
                        : sourceBackbone.prefix() + (name.startsWith(prefix) ? name.substring(prefix.length()) : name));
    }

    /** Whether a layer of the network may stay as it is initialised. */
    boolean isReplaceable(String layer) {
        return target.head().contains(layer) || target.backbone().isUnused(layer);
    }

    /** Whether a tensor of the checkpoint is of its head, and may be left out. */
    boolean isOfSourceHead(String name) {
        return sourceHeads.stream().anyMatch(head -> head.contains(name)) || sourceBackbone.isUnused(name);
    }
}
