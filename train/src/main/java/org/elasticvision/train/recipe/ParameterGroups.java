package org.elasticvision.train.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.torch.ParameterGroup;

/** Which parameters of a network are trained, and which of them belong to its head. */
public final class ParameterGroups {
    private ParameterGroups() {}

    /**
     * {@return whether the head is a group of its own, whose learning rate {@link Recipe#headMultiplier} multiplies: in
     * segmentation, as in the published script}
     *
     * @param task what the network is for
     */
    public static boolean hasHeadOfItsOwn(Task task) {
        return switch (task) {
            case CLASSIFICATION, MULTI_LABEL -> false;
            case SEGMENTATION -> true;
        };
    }

    /**
     * {@return one group, or the backbone and the head where that {@linkplain #hasHeadOfItsOwn has a group of its own}}
     *
     * @param network the network
     * @param task what the network is for
     * @param recipe whose weight decay is multiplied as {@link Recipe#accumulationSteps} says
     */
    public static List<ParameterGroup> of(Network network, Task task, Recipe recipe) {
        boolean apart = hasHeadOfItsOwn(task);
        List<String> backbone = new ArrayList<>();
        List<String> head = new ArrayList<>();
        for (Layer layer : network.layers()) {
            if (recipe.freezeBatchNorm() && layer instanceof BatchNorm2d) {
                continue;
            }
            for (TensorSpec tensor : layer.tensors()) {
                if (tensor.role().isTrained()) {
                    boolean inHead = apart && network.head().contains(tensor.name());
                    (inHead ? head : backbone).add(tensor.name());
                }
            }
        }
        double weightDecay = recipe.weightDecay() * recipe.accumulationSteps();
        List<ParameterGroup> groups = new ArrayList<>();
        groups.add(new ParameterGroup(backbone, recipe.momentum(), weightDecay));
        if (apart) {
            groups.add(new ParameterGroup(head, recipe.momentum(), weightDecay));
        }
        return List.copyOf(groups);
    }

    /**
     * {@return the learning rate of each group, from that of a whole batch}
     *
     * @param task what the network is for
     * @param recipe how the network is trained
     * @param learningRate of a whole batch
     */
    public static double[] learningRates(Task task, Recipe recipe, double learningRate) {
        double part = learningRate / recipe.accumulationSteps();
        return hasHeadOfItsOwn(task) ? new double[] {part, part * recipe.headMultiplier()} : new double[] {part};
    }

    /**
     * {@return the BatchNorm layers whose statistics take in each batch twice: the published segmentation backbones are
     * run again in the backward pass (all but their first layer), and the statistics move both times}
     *
     * @param network the network
     */
    public static Set<String> updatedTwice(Network network) {
        return network.layers().stream()
                .filter(layer -> layer instanceof BatchNorm2d norm && norm.updatedTwice())
                .map(Layer::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
