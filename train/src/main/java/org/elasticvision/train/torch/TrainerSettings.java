package org.elasticvision.train.torch;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.torch.optimizer.OptimizerSettings;
import org.elasticvision.train.torch.optimizer.ParameterGroup;

/**
 * What of a recipe concerns a step of a {@link TorchTrainer}.
 *
 * @param optimizer which parameters are trained, and how
 * @param labelSmoothing 0 to below 1
 * @param classWeights how much an image of each class counts in the loss; empty for all alike
 * @param batchNorm what BatchNorm does with its statistics
 * @param average where a moving average of all tensors begins, which answers then; empty for none
 */
public record TrainerSettings(
        OptimizerSettings optimizer,
        double labelSmoothing,
        List<Double> classWeights,
        BatchNormSettings batchNorm,
        Optional<Weights> average) {
    public TrainerSettings {
        classWeights = List.copyOf(classWeights);
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException("label smoothing " + labelSmoothing + " must be at least 0 and below 1");
        }
    }

    /** By SGD, of images that count alike. */
    public TrainerSettings(
            List<ParameterGroup> groups,
            double labelSmoothing,
            BatchNormSettings batchNorm,
            Optional<Weights> average) {
        this(OptimizerSettings.sgd(groups), labelSmoothing, List.of(), batchNorm, average);
    }

    /** By SGD, without a moving average. */
    public TrainerSettings(List<ParameterGroup> groups, double labelSmoothing, BatchNormSettings batchNorm) {
        this(groups, labelSmoothing, batchNorm, Optional.empty());
    }

    /**
     * What BatchNorm does with its statistics in training.
     *
     * @param frozen whether it normalises by them and leaves them as they are
     * @param frozenLayers names of layers that do so while others learn
     * @param updatedTwice names of layers whose statistics take in each batch twice
     * @param sharing what they have to do with other processes
     */
    public record BatchNormSettings(
            boolean frozen, Set<String> frozenLayers, Set<String> updatedTwice, BatchNormSharing sharing) {
        public BatchNormSettings {
            frozenLayers = Set.copyOf(frozenLayers);
            updatedTwice = Set.copyOf(updatedTwice);
        }

        /** All layers alike. */
        public BatchNormSettings(boolean frozen, Set<String> updatedTwice, BatchNormSharing sharing) {
            this(frozen, Set.of(), updatedTwice, sharing);
        }

        boolean isFrozen(String layer) {
            return frozen || frozenLayers.contains(layer);
        }

        /** Statistics of this process's images. */
        public BatchNormSettings(boolean frozen, Set<String> updatedTwice) {
            this(frozen, updatedTwice, BatchNormSharing.FIRST_RANK);
        }
    }
}
