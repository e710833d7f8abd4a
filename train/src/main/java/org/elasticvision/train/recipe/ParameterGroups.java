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
import org.elasticvision.train.torch.optimizer.ParameterGroup;

/** Which parameters of a network are trained, and which of them belong to its head. */
public final class ParameterGroups {
    private ParameterGroups() {}

    /** Whether the head is a group of its own: in segmentation, as in the published script, and where it has a rate of its own. */
    private static boolean hasHeadOfItsOwn(Task task, Recipe recipe) {
        return switch (task) {
            case CLASSIFICATION, MULTI_LABEL -> recipe.headMultiplier() != 1;
            case SEGMENTATION -> true;
        };
    }

    /**
     * {@return one group, or the backbone and the head: in segmentation, as in the published script, and where {@link
     * Recipe#headMultiplier} is not 1}
     *
     * @param network the network
     * @param task what the network is for
     * @param recipe whose weight decay is multiplied as {@link Recipe#accumulationSteps} says; what it freezes is in no group
     * @throws IllegalArgumentException if the network has no such stage as it freezes
     */
    public static List<ParameterGroup> of(Network network, Task task, Recipe recipe) {
        Stages.require(network, recipe.frozenStages());
        boolean apart = hasHeadOfItsOwn(task, recipe);
        List<String> backbone = new ArrayList<>();
        List<String> head = new ArrayList<>();
        for (Layer layer : network.layers()) {
            boolean isFrozen = (recipe.freezeBatchNorm() && layer instanceof BatchNorm2d)
                    || Stages.isIn(layer.name(), network, recipe.frozenStages());
            if (isFrozen) {
                continue;
            }
            for (TensorSpec tensor : layer.tensors()) {
                if (tensor.role().isTrained()) {
                    boolean inHead = apart && network.head().contains(tensor.name());
                    (inHead ? head : backbone).add(tensor.name());
                }
            }
        }
        List<ParameterGroup> groups = new ArrayList<>();
        groups.add(group(backbone, recipe));
        if (apart) {
            groups.add(group(head, recipe));
        }
        return List.copyOf(groups);
    }

    private static ParameterGroup group(List<String> names, Recipe recipe) {
        return switch (recipe.optimizer()) {
            case SGD -> new ParameterGroup(names, recipe.momentum(), recipe.weightDecay() * recipe.accumulationSteps());
            case ADAMW -> new ParameterGroup(names, 0, recipe.weightDecay());
        };
    }

    /**
     * {@return the learning rate of each group, from that of a whole batch}
     *
     * @param task what the network is for
     * @param recipe how the network is trained
     * @param learningRate of a whole batch
     */
    public static double[] learningRates(Task task, Recipe recipe, double learningRate) {
        double part =
                switch (recipe.optimizer()) {
                    case SGD -> learningRate / recipe.accumulationSteps();
                    case ADAMW -> learningRate; // its gradients are means
                };
        return hasHeadOfItsOwn(task, recipe)
                ? new double[] {part, part * recipe.headMultiplier()}
                : new double[] {part};
    }

    /**
     * {@return the BatchNorm layers that keep their statistics, as their stages are frozen}
     *
     * @param network the network
     * @param recipe which stages it freezes
     */
    public static Set<String> frozenBatchNorms(Network network, Recipe recipe) {
        return Set.copyOf(Stages.batchNorms(network, recipe.frozenStages()));
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
