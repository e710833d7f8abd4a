package org.elasticvision.train.recipe;

import java.util.List;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Task;

/**
 * How a network is trained.
 *
 * <pre>{@code
 * Recipe recipe = Recipe.published(Task.CLASSIFICATION, Architecture.of("resnext50_elastic"));
 * System.out.println(recipe.epochs() + " epochs of batches of " + recipe.batchSize());
 * }</pre>
 *
 * @param epochs passes over the training images
 * @param batchSize images per update
 * @param accumulate in how many parts a batch goes through the network; their gradients are added. As the published scripts
 *     do when they pretend to have that many GPUs: each part has its own BatchNorm statistics, the learning rate is divided and
 *     the weight decay multiplied by it
 * @param learningRate of the first step after the warm-up
 * @param headMultiplier what the learning rate of the segmentation head is multiplied by
 * @param momentum of SGD
 * @param weightDecay of SGD
 * @param schedule how the learning rate falls
 * @param warmupEpochs over which the learning rate rises from zero, 0 for none
 * @param labelSmoothing 0 to below 1
 * @param freezeBatchNorm whether BatchNorm keeps its statistics and parameters
 */
public record Recipe(
        int epochs,
        int batchSize,
        int accumulate,
        double learningRate,
        double headMultiplier,
        double momentum,
        double weightDecay,
        Schedule schedule,
        double warmupEpochs,
        double labelSmoothing,
        boolean freezeBatchNorm) {
    public Recipe {
        require(epochs >= 1, "epochs", epochs, "at least 1");
        require(batchSize >= 1, "batch", batchSize, "at least 1");
        require(accumulate >= 1, "accumulate", accumulate, "at least 1");
        require(
                batchSize % accumulate == 0,
                "batch",
                batchSize,
                "a multiple of the parts to accumulate, " + accumulate
                        + ": the batch goes through in that many equal parts");
        require(learningRate > 0 && Double.isFinite(learningRate), "learning rate", learningRate, "above 0");
        require(headMultiplier > 0 && Double.isFinite(headMultiplier), "head multiplier", headMultiplier, "above 0");
        require(momentum >= 0 && momentum < 1, "momentum", momentum, "at least 0 and below 1");
        require(weightDecay >= 0 && Double.isFinite(weightDecay), "weight decay", weightDecay, "at least 0");
        require(warmupEpochs >= 0 && warmupEpochs <= epochs, "warm-up epochs", warmupEpochs, "from 0 to the epochs");
        require(labelSmoothing >= 0 && labelSmoothing < 1, "label smoothing", labelSmoothing, "at least 0 and below 1");
    }

    private static void require(boolean holds, String field, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(field + " " + value + " must be " + allowed);
        }
    }

    /**
     * What the published scripts {@code classify.py}, {@code multilabel_classify.py} and {@code segment.py} use.
     *
     * @param task what the network is for
     * @param architecture which says its own weight decay
     * @return the recipe
     */
    public static Recipe published(Task task, Architecture architecture) {
        double weightDecay = architecture.weightDecay(task);
        return switch (task) {
            case CLASSIFICATION ->
                new Recipe(
                        120,
                        256,
                        1,
                        0.1,
                        1,
                        0.9,
                        weightDecay,
                        new Schedule.Steps(List.of(0.25, 0.5, 0.75)),
                        0,
                        0,
                        false);
            case MULTI_LABEL ->
                new Recipe(
                        36,
                        96,
                        1,
                        0.001,
                        1,
                        0.9,
                        weightDecay,
                        new Schedule.Steps(List.of(24 / 36., 30 / 36.)),
                        0,
                        0,
                        false);
            case SEGMENTATION ->
                new Recipe(50, 16, 1, 0.007, 1, 0.9, weightDecay, new Schedule.Polynomial(0.9), 0, 0, false);
        };
    }

    /** {@return images that go through the network together} */
    public int partSize() {
        return batchSize / accumulate;
    }

    /**
     * {@return the learning rate of an update}
     *
     * @param step update that is about to be made, from 0
     * @param stepsPerEpoch updates of an epoch
     */
    public double learningRate(long step, long stepsPerEpoch) {
        double warmupSteps = warmupEpochs * stepsPerEpoch;
        double warmup = step < warmupSteps ? (step + 1) / (warmupSteps + 1) : 1;
        return learningRate * warmup * schedule.factor(step, stepsPerEpoch, epochs);
    }
}
