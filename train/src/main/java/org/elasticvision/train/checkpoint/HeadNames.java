package org.elasticvision.train.checkpoint;

import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.zoo.Network;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.runtime.model.Task;

/**
 * What is head and what is backbone in a checkpoint and in the network that is to take it over, and which name of the one is
 * which of the other: a DLA segmentation network keeps its backbone under {@code base.}
 *
 * @param sourceSegments whether the checkpoint holds a segmentation network
 * @param sourceNested whether its backbone is under {@code base.}
 * @param targetSegments whether the network is one
 * @param targetNested whether its backbone is under {@code base.}
 */
record HeadNames(boolean sourceSegments, boolean sourceNested, boolean targetSegments, boolean targetNested) {
    private static final String BASE = "base.";
    /** The classifier that the backbone of a DLA segmentation network keeps from its pre-training, unused. */
    private static final String UNUSED = BASE + "fc";

    private static final List<String> CLASSIFIERS = List.of("fc", "classifier");
    private static final List<String> SEGMENTERS = List.of("aspp", "dla_up", "fc", "up");

    static HeadNames of(List<String> source, Network network, Task task) {
        return new HeadNames(
                source.stream().anyMatch(name -> isUnder(name, "aspp") || isUnder(name, "dla_up")),
                source.stream().anyMatch(name -> name.startsWith(BASE)),
                task == Task.SEGMENTATION,
                network.layers().stream().map(Layer::name).anyMatch(name -> name.startsWith(BASE)));
    }

    /** The checkpoint's name for a tensor of the network; empty for a head of another kind. */
    Optional<String> source(String target) {
        if (sourceSegments != targetSegments && isOfHead(target, targetSegments)) {
            return Optional.empty();
        }
        if (sourceNested == targetNested) {
            return Optional.of(target);
        }
        return Optional.of(targetNested ? target.substring(BASE.length()) : BASE + target);
    }

    /** Whether a layer of the network may stay as it is initialised. */
    boolean isReplaceable(String layer) {
        return isOfHead(layer, targetSegments) || (targetNested && isUnder(layer, UNUSED));
    }

    /** Whether a tensor of the checkpoint is of its head, and may be left out. */
    boolean isOfSourceHead(String name) {
        return isOfHead(name, sourceSegments) || (sourceNested && isUnder(name, UNUSED));
    }

    private static boolean isOfHead(String name, boolean segments) {
        return (segments ? SEGMENTERS : CLASSIFIERS).stream().anyMatch(head -> isUnder(name, head));
    }

    private static boolean isUnder(String name, String part) {
        return name.equals(part) || name.startsWith(part + ".");
    }
}
