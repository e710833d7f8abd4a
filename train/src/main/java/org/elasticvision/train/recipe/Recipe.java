package org.elasticvision.train.recipe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.torch.optimizer.OptimizerKind;

/**
 * How a network is trained.
 *
 * <pre>{@code
 * Recipe published = Recipe.published(Task.CLASSIFICATION, Architecture.of("resnext50_elastic"));
 * Recipe mine = published.with(recipe -> recipe.epochs(30).batchSize(64).learningRate(0.025));
 * }</pre>
 *
 * @param epochs passes over the training images
 * @param batchSize images per update
 * @param accumulationSteps micro-batches of an update, whose gradients are added (gradient accumulation). As the published
 *     scripts do when they pretend to have that many GPUs: each micro-batch has its own BatchNorm statistics, the learning
 *     rate is divided and the weight decay multiplied by it; AdamW takes the mean of the gradients instead
 * @param learningRate of the first step after the warm-up
 * @param headMultiplier what the learning rate of the head is multiplied by
 * @param optimizer by which rule weights are changed
 * @param momentum of SGD
 * @param weightDecay of the optimizer
 * @param schedule how the learning rate falls
 * @param warmupEpochs over which the learning rate rises from zero, 0 for none
 * @param labelSmoothing 0 to below 1
 * @param freezeBatchNorm whether BatchNorm keeps its statistics and parameters
 * @param batchNormSharing what BatchNorm's statistics have to do with other processes; {@code FIRST_RANK} where it is frozen
 * @param ema moving average of the weights, which is what is validated and kept as the best network; empty for none
 * @param frozenStages {@linkplain Stages stages} whose parameters and BatchNorm statistics stay as they are
 * @param patience epochs without a smaller validation error after which a run ends; empty for none
 * @param classWeights how much an image counts by its class, for classification
 */
public record Recipe(
        int epochs,
        int batchSize,
        int accumulationSteps,
        double learningRate,
        double headMultiplier,
        OptimizerKind optimizer,
        double momentum,
        double weightDecay,
        Schedule schedule,
        double warmupEpochs,
        double labelSmoothing,
        boolean freezeBatchNorm,
        BatchNormSharing batchNormSharing,
        Optional<MovingAverage> ema,
        List<String> frozenStages,
        OptionalInt patience,
        ClassWeights classWeights) {
    public Recipe {
        frozenStages = List.copyOf(frozenStages);
        patience.ifPresent(count -> require(count >= 1, "patience", count, "at least 1"));
        require(epochs >= 1, "epochs", epochs, "at least 1");
        require(batchSize >= 1, "batch", batchSize, "at least 1");
        require(accumulationSteps >= 1, "accumulation steps", accumulationSteps, "at least 1");
        require(
                batchSize % accumulationSteps == 0,
                "batch",
                batchSize,
                "a multiple of the accumulation steps, " + accumulationSteps
                        + ": the batch goes through in that many micro-batches of one size");
        require(learningRate > 0 && Double.isFinite(learningRate), "learning rate", learningRate, "above 0");
        require(headMultiplier > 0 && Double.isFinite(headMultiplier), "head multiplier", headMultiplier, "above 0");
        require(momentum >= 0 && momentum < 1, "momentum", momentum, "at least 0 and below 1");
        require(weightDecay >= 0 && Double.isFinite(weightDecay), "weight decay", weightDecay, "at least 0");
        require(warmupEpochs >= 0 && warmupEpochs <= epochs, "warm-up epochs", warmupEpochs, "from 0 to the epochs");
        require(labelSmoothing >= 0 && labelSmoothing < 1, "label smoothing", labelSmoothing, "at least 0 and below 1");
        require(
                !freezeBatchNorm || batchNormSharing == BatchNormSharing.FIRST_RANK,
                "BatchNorm sharing",
                batchNormSharing,
                "FIRST_RANK, as BatchNorm is frozen and learns nothing to share");
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
        Builder recipe = new Builder().weightDecay(architecture.weightDecay(task));
        return switch (task) {
            case CLASSIFICATION ->
                recipe.epochs(120)
                        .batchSize(256)
                        .learningRate(0.1)
                        .schedule(new Schedule.Steps(List.of(0.25, 0.5, 0.75)))
                        .build();
            case MULTI_LABEL ->
                recipe.epochs(36)
                        .batchSize(96)
                        .learningRate(0.001)
                        .schedule(new Schedule.Steps(List.of(24 / 36., 30 / 36.)))
                        .build();
            case SEGMENTATION ->
                recipe.epochs(50)
                        .batchSize(16)
                        .learningRate(0.007)
                        .schedule(new Schedule.Polynomial(0.9))
                        .build();
        };
    }

    /**
     * {@return this recipe with changes, which are checked together}
     *
     * @param changes to a builder that begins with this recipe's values
     * @throws IllegalArgumentException if a value is not allowed
     */
    public Recipe with(Consumer<Builder> changes) {
        Builder builder = new Builder(this);
        changes.accept(builder);
        return builder.build();
    }

    /**
     * {@return whether nothing is left to do: all epochs are done, or there is no patience left}
     *
     * @param done epochs that are done
     * @param sinceBest epochs since that with the smallest validation error
     */
    public boolean isOver(int done, int sinceBest) {
        return done >= epochs || (patience.isPresent() && sinceBest >= patience.getAsInt());
    }

    /** {@return images that go through the network together} */
    public int microBatchSize() {
        return batchSize / accumulationSteps;
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

    /** The values of a recipe by their names; each setter returns the builder. */
    public static final class Builder {
        private int epochs;
        private int batchSize;
        private int accumulationSteps = 1;
        private double learningRate;
        private double headMultiplier = 1;
        private OptimizerKind optimizer = OptimizerKind.SGD;
        private double momentum = 0.9;
        private double weightDecay;
        private Schedule schedule;
        private double warmupEpochs;
        private double labelSmoothing;
        private boolean freezeBatchNorm;
        private BatchNormSharing batchNormSharing = BatchNormSharing.FIRST_RANK;
        private Optional<MovingAverage> ema = Optional.empty();
        private List<String> frozenStages = List.of();
        private OptionalInt patience = OptionalInt.empty();
        private ClassWeights classWeights = ClassWeights.NONE;

        private Builder() {}

        private Builder(Recipe recipe) {
            epochs = recipe.epochs;
            batchSize = recipe.batchSize;
            accumulationSteps = recipe.accumulationSteps;
            learningRate = recipe.learningRate;
            headMultiplier = recipe.headMultiplier;
            optimizer = recipe.optimizer;
            momentum = recipe.momentum;
            weightDecay = recipe.weightDecay;
            schedule = recipe.schedule;
            warmupEpochs = recipe.warmupEpochs;
            labelSmoothing = recipe.labelSmoothing;
            freezeBatchNorm = recipe.freezeBatchNorm;
            batchNormSharing = recipe.batchNormSharing;
            ema = recipe.ema;
            frozenStages = recipe.frozenStages;
            patience = recipe.patience;
            classWeights = recipe.classWeights;
        }

        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        public Builder batchSize(int value) {
            batchSize = value;
            return this;
        }

        public Builder accumulationSteps(int value) {
            accumulationSteps = value;
            return this;
        }

        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        public Builder headMultiplier(double value) {
            headMultiplier = value;
            return this;
        }

        public Builder optimizer(OptimizerKind value) {
            optimizer = value;
            return this;
        }

        public Builder momentum(double value) {
            momentum = value;
            return this;
        }

        public Builder weightDecay(double value) {
            weightDecay = value;
            return this;
        }

        public Builder schedule(Schedule value) {
            schedule = value;
            return this;
        }

        public Builder warmupEpochs(double value) {
            warmupEpochs = value;
            return this;
        }

        public Builder labelSmoothing(double value) {
            labelSmoothing = value;
            return this;
        }

        public Builder freezeBatchNorm(boolean value) {
            freezeBatchNorm = value;
            return this;
        }

        public Builder batchNormSharing(BatchNormSharing value) {
            batchNormSharing = value;
            return this;
        }

        public Builder ema(Optional<MovingAverage> value) {
            ema = value;
            return this;
        }

        public Builder frozenStages(List<String> value) {
            frozenStages = value;
            return this;
        }

        public Builder patience(OptionalInt value) {
            patience = value;
            return this;
        }

        public Builder classWeights(ClassWeights value) {
            classWeights = value;
            return this;
        }

        private Recipe build() {
            return new Recipe(
                    epochs,
                    batchSize,
                    accumulationSteps,
                    learningRate,
                    headMultiplier,
                    optimizer,
                    momentum,
                    weightDecay,
                    schedule,
                    warmupEpochs,
                    labelSmoothing,
                    freezeBatchNorm,
                    batchNormSharing,
                    ema,
                    frozenStages,
                    patience,
                    classWeights);
        }
    }
}
