package org.elasticvision.train.cli.recipe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.OptionNames;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.recipe.ClassWeights;
import org.elasticvision.train.recipe.MovingAverage;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.recipe.Schedule;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a network is trained, where it is to differ from the published recipe of its task. */
public final class RecipeOptions {
    /** By what a recipe calls them. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("epochs", "--epochs"),
            Map.entry("batch", "--batch"),
            Map.entry("accumulation steps", "--accumulate"),
            Map.entry("learning rate", "--lr"),
            Map.entry("head multiplier", "--head-lr"),
            Map.entry("momentum", "--momentum"),
            Map.entry("weight decay", "--weight-decay"),
            Map.entry("warm-up epochs", "--warmup"),
            Map.entry("label smoothing", "--label-smoothing"),
            Map.entry("patience", "--patience"),
            Map.entry("frozen stage", "--freeze"),
            Map.entry("EMA decay", "--ema"));

    private static final String AVERAGE_BN = "--average-bn";
    private static final String SYNC_BN = "--sync-bn";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--epochs", paramLabel = "N", description = "Number of epochs (published: 120, 36, 50).")
    private Integer epochs;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images per update, the batch size (published:" + " 256, 96, 16).")
    private Integer batch;

    @Option(
            names = "--accumulate",
            paramLabel = "N",
            description =
                    "Gradient accumulation: run a batch, or with --nproc a rank's part of it, as N micro-batches and"
                            + " add their gradients, which takes less memory; each has its own BatchNorm statistics, as on N"
                            + " GPUs (default: 1).")
    private Integer accumulate;

    @Option(names = "--lr", paramLabel = "RATE", description = "Initial learning rate (published: 0.1, 0.001, 0.007).")
    private Double learningRate;

    @Option(
            names = "--head-lr",
            paramLabel = "FACTOR",
            description = "What the head's learning rate is multiplied by (default: 1).")
    private Double headMultiplier;

    @Mixin
    private FineTuningOptions fineTuning;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "End the run after N epochs without a smaller validation error (default: never).")
    private Integer patience;

    @Option(
            names = "--class-weights",
            paramLabel = "NAME",
            description =
                    "Classification: balanced lets an image count n / (k n_c) in the loss, so that all classes count"
                            + " alike, whatever the number of their images; or none (default: none).")
    private ClassWeights classWeights;

    @Mixin
    private OptimizerOptions optimizer;

    /** How the learning rate falls. */
    enum ScheduleName {
        STEPS,
        POLY,
        COSINE
    }

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "How the learning rate falls: steps (a tenth at some epochs; published for classification and"
                    + " multilabel), poly (power 0.9; published for segmentation) or cosine.")
    private ScheduleName schedule;

    @Option(
            names = "--decay-at",
            paramLabel = "EPOCH",
            split = ",",
            description = "Epochs after which the learning rate falls to a tenth, such as 30,60,90 (published: a"
                    + " quarter, a half"
                    + " and three quarters of all; multilabel two thirds and five sixths).")
    private List<Integer> decayAt;

    @Option(
            names = "--warmup",
            paramLabel = "EPOCHS",
            description = "Epochs over which the learning rate rises from zero (default: 0).")
    private Double warmup;

    @Option(
            names = "--label-smoothing",
            paramLabel = "PART",
            description = "Share of each label that is spread evenly over all classes, such as 0.1 (default: 0).")
    private Double labelSmoothing;

    @Option(
            names = "--freeze-bn",
            negatable = true,
            description =
                    "Keep BatchNorm's statistics and parameters as they are: for few images per batch (default: off).")
    private Boolean freezeBatchNorm;

    @Option(
            names = "--ema",
            paramLabel = "DECAY",
            description =
                    "Keep an exponential moving average of the weights, such as 0.9999, which is what is validated, kept"
                            + " as the best network and exported (default: none).")
    private Double ema;

    @Option(
            names = "--ema-warmup",
            negatable = true,
            description =
                    "Let the average follow faster at first: the decay of update t is at most 1 - t^(-2/3) (default:"
                            + " off).")
    private Boolean emaWarmup;

    @Option(
            names = AVERAGE_BN,
            negatable = true,
            description =
                    "Several processes: before each validation and in checkpoints, BatchNorm's running statistics are"
                            + " their means over all processes (default: off, those of rank 0).")
    private Boolean averageBatchNorm;

    @Option(
            names = SYNC_BN,
            negatable = true,
            description =
                    "Several processes: BatchNorm normalises by the images of all processes together (default: off,"
                            + " by each one's own).")
    private Boolean syncBatchNorm;

    /**
     * What is given here, on top of a recipe.
     *
     * @param before of the run that goes on; empty of a new one, which is as published, or as for fine-tuning
     * @param hasWeights whether weights to start from are given
     * @param ranks that share an update's micro-batches
     */
    public Recipe on(Task task, Architecture architecture, Optional<Recipe> before, boolean hasWeights, int ranks) {
        Network network = architecture.network(task, 2); // its stages do not depend on the classes
        Recipe published = Recipe.published(task, architecture);
        Recipe base = before.orElseGet(
                () -> optimizer.on(fineTuning.on(task, network, published, epochs, hasWeights), fineTuning.isGiven()));
        switch (task) {
            case CLASSIFICATION -> {}
            case MULTI_LABEL ->
                Given.refuse(
                        command,
                        "is for classification: an image of a label set has no class of its own to be weighed by",
                        "--class-weights");
            case SEGMENTATION ->
                Given.refuse(
                        command,
                        "is for classification: an image of a mask has no class of its own to be weighed by",
                        "--class-weights");
        }
        switch (task) {
            case CLASSIFICATION, SEGMENTATION -> {}
            case MULTI_LABEL ->
                Given.refuse(
                        command, "is for classification and segmentation, and this is " + task, "--label-smoothing");
        }
        int allEpochs = or(epochs, base.epochs());
        boolean frozen = or(freezeBatchNorm, base.freezeBatchNorm());
        try {
            return base.with(recipe -> {
                optimizer.addTo(recipe, base);
                recipe.epochs(allEpochs)
                        .batchSize(or(batch, base.batchSize()))
                        .accumulationSteps(
                                before.isPresent() && accumulate == null
                                        ? base.accumulationSteps()
                                        : or(accumulate, 1) * ranks)
                        .learningRate(or(learningRate, base.learningRate()))
                        .headMultiplier(or(headMultiplier, base.headMultiplier()))
                        .schedule(schedule(base.schedule(), published.schedule(), allEpochs))
                        .warmupEpochs(or(warmup, base.warmupEpochs()))
                        .labelSmoothing(or(labelSmoothing, base.labelSmoothing()))
                        .freezeBatchNorm(frozen)
                        .batchNormSharing(sharing(base.batchNormSharing(), frozen))
                        .ema(ema(base.ema()))
                        .frozenStages(fineTuning.frozen(network, base.frozenStages()))
                        .patience(patience == null ? base.patience() : OptionalInt.of(patience))
                        .classWeights(or(classWeights, base.classWeights()));
            });
        } catch (IllegalArgumentException e) {
            throw OptionNames.wrong(command.commandLine(), e, OPTIONS);
        }
    }

    private Optional<MovingAverage> ema(Optional<MovingAverage> base) {
        if (ema == null && base.isEmpty()) {
            if (emaWarmup != null) {
                throw new IllegalArgumentException(
                        "--ema-warmup is for an average of the weights; give --ema DECAY too");
            }
            return base;
        }
        return Optional.of(new MovingAverage(
                ema == null ? base.get().decay() : ema,
                or(emaWarmup, base.map(MovingAverage::warmup).orElse(false))));
    }

    private BatchNormSharing sharing(BatchNormSharing base, boolean frozen) {
        boolean averages = or(averageBatchNorm, false);
        boolean synchronises = or(syncBatchNorm, false);
        if (frozen) {
            refuseFrozen(AVERAGE_BN, averages);
            refuseFrozen(SYNC_BN, synchronises);
            return BatchNormSharing.FIRST_RANK;
        }
        if (averages && synchronises) {
            throw new IllegalArgumentException(
                    SYNC_BN + " gives all processes the same statistics already; leave " + AVERAGE_BN + " out");
        }
        if (averages) {
            return BatchNormSharing.AVERAGED;
        }
        if (synchronises) {
            return BatchNormSharing.SYNCHRONISED;
        }
        boolean isTakenBack = (averageBatchNorm != null && base == BatchNormSharing.AVERAGED)
                || (syncBatchNorm != null && base == BatchNormSharing.SYNCHRONISED);
        return isTakenBack ? BatchNormSharing.FIRST_RANK : base;
    }

    private static void refuseFrozen(String option, boolean isGiven) {
        if (isGiven) {
            throw new IllegalArgumentException(option
                    + " shares BatchNorm's statistics, which --freeze-bn keeps as they are; leave one of them out");
        }
    }

    private Schedule schedule(Schedule base, Schedule published, int allEpochs) {
        boolean kept = base instanceof Schedule.AfterEpochs && (schedule == null || schedule == ScheduleName.STEPS);
        if (decayAt != null || kept) {
            boolean otherChosen = schedule != null ? schedule != ScheduleName.STEPS : !fallsInSteps(base, published);
            if (otherChosen) {
                throw new IllegalArgumentException("--decay-at is for --schedule steps");
            }
            List<Integer> epochsOfDecay = decayAt != null ? decayAt : ((Schedule.AfterEpochs) base).epochs();
            checkDecay(epochsOfDecay, allEpochs);
            return new Schedule.AfterEpochs(epochsOfDecay);
        }
        if (schedule == null) {
            return base;
        }
        return switch (schedule) {
            case STEPS ->
                published instanceof Schedule.Steps steps ? steps : new Schedule.Steps(List.of(0.25, 0.5, 0.75));
            case POLY -> new Schedule.Polynomial(0.9);
            case COSINE -> new Schedule.Cosine();
        };
    }

    /** What nobody has chosen gives way to steps. */
    private static boolean fallsInSteps(Schedule base, Schedule published) {
        return base instanceof Schedule.Steps || base instanceof Schedule.AfterEpochs || base.equals(published);
    }

    private static void checkDecay(List<Integer> epochsOfDecay, int allEpochs) {
        int before = 0;
        for (int epoch : epochsOfDecay) {
            if (epoch < 1 || epoch >= allEpochs) {
                throw new IllegalArgumentException("--decay-at " + epoch + " is not inside the run of " + allEpochs
                        + (allEpochs == 1
                                ? " epoch; leave it out"
                                : " epochs: the rate can fall after epochs 1 to " + (allEpochs - 1)));
            }
            if (epoch <= before) {
                throw new IllegalArgumentException(
                        "--decay-at " + epoch + " comes after " + before + ": give epochs in order, each once");
            }
            before = epoch;
        }
    }

    private static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
