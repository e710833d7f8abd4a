package org.elasticvision.train.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.network.Network;

/**
 * The parts that a backbone goes through one after the other, by the words of its state dict: {@code conv1}, {@code bn1}, {@code layer1}
 * to {@code layer4} of a ResNeXt, {@code base_layer}, {@code level0} to {@code level5} of a DLA, {@code conv0}, {@code norm0}, {@code
 * denseblock1} and so on of a DenseNet.
 */
public final class Stages {
    private static final Pattern DOT = Pattern.compile("[.]");
    private static final Pattern FIRST = Pattern.compile("(layer|level|denseblock)1");

    private Stages() {}

    /**
     * {@return all stages of a network's backbone, in their order}
     *
     * @param network the network
     */
    public static List<String> of(Network network) {
        String container = container(network);
        return network.layers().stream()
                .map(Layer::name)
                .filter(name -> isInBackbone(name, network))
                .map(name -> stage(name, container))
                .distinct()
                .toList();
    }

    /**
     * {@return the first stage and what comes before it: {@code conv1}, {@code bn1}, {@code layer1}}
     *
     * @param network the network
     */
    public static List<String> first(Network network) {
        List<String> stages = new ArrayList<>();
        for (String stage : of(network)) {
            stages.add(stage);
            if (FIRST.matcher(stage).matches()) {
                return List.copyOf(stages);
            }
        }
        throw new IllegalStateException("no first stage in " + stages);
    }

    /**
     * Checks that a network has these stages.
     *
     * @param network the network
     * @param stages by their words
     * @throws IllegalArgumentException naming the stages that it has
     */
    public static void require(Network network, List<String> stages) {
        List<String> known = of(network);
        for (String stage : stages) {
            if (!known.contains(stage)) {
                throw new IllegalArgumentException(
                        "frozen stage " + stage + " must be a stage of the network: " + String.join(", ", known));
            }
        }
    }

    /**
     * {@return the BatchNorm layers of some stages}
     *
     * @param network the network
     * @param stages by their words
     */
    static List<String> batchNorms(Network network, List<String> stages) {
        return network.layers().stream()
                .filter(layer -> layer instanceof BatchNorm2d && isIn(layer.name(), network, stages))
                .map(Layer::name)
                .toList();
    }

    /** Whether a layer is in one of these stages. */
    static boolean isIn(String layer, Network network, List<String> stages) {
        return isInBackbone(layer, network) && stages.contains(stage(layer, container(network)));
    }

    private static boolean isInBackbone(String layer, Network network) {
        return !network.head().contains(layer) && !network.backbone().isUnused(layer);
    }

    /** What the names of all layers of the backbone begin with before the stage, dot included; empty where that is the stage. */
    private static String container(Network network) {
        List<String> first = network.layers().stream()
                .map(Layer::name)
                .filter(name -> isInBackbone(name, network))
                .map(name -> DOT.split(name, 2)[0])
                .distinct()
                .toList();
        return first.size() == 1 ? first.get(0) + "." : "";
    }

    private static String stage(String layer, String container) {
        String name = layer.startsWith(container) ? layer.substring(container.length()) : layer;
        return DOT.split(name, 2)[0];
    }
}
