package org.elasticvision.train.cli.recipe;

import java.util.List;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.recipe.Schedule;
import org.elasticvision.train.recipe.Stages;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --finetune}, a recipe for a network that starts from weights, and {@code --freeze}. */
final class FineTuningOptions {
    private static final String NOTHING = "none";
    private static final int EPOCHS = 10;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--finetune",
            description =
                    "With --init-from: what is not given is as for fine-tuning, not as published: 10 epochs, a small"
                            + " learning rate that rises over the first epoch and falls as a cosine, ten times that for the"
                            + " head, the first stage frozen, batch 32 (default: off).")
    private boolean fineTunes;

    @Option(
            names = "--freeze",
            paramLabel = "STAGE",
            split = ",",
            description =
                    "Keep the parameters and BatchNorm statistics of these stages of the network as they are, such as"
                            + " conv1,bn1,layer1, by the words of its state dict; none ends it in a resumed run (default: none).")
    private List<String> freeze;

    /**
     * What a new run begins with.
     *
     * @param epochs that are given, or null
     * @param hasWeights whether weights to start from are given
     */
    Recipe on(Task task, Network network, Recipe published, Integer epochs, boolean hasWeights) {
        if (!fineTunes) {
            return published;
        }
        if (!hasWeights) {
            throw new ParameterException(
                    command.commandLine(), "--finetune starts from weights: give --init-from CHECKPOINT too");
        }
        int all = epochs == null || epochs < 1 ? EPOCHS : epochs;
        return published.with(recipe -> {
            recipe.epochs(all)
                    .warmupEpochs(all < 2 ? 0 : 1)
                    .schedule(new Schedule.Cosine())
                    .headMultiplier(10)
                    .frozenStages(Stages.first(network));
            switch (task) {
                case CLASSIFICATION ->
                    recipe.learningRate(published.learningRate() / 10).batchSize(32);
                case MULTI_LABEL -> recipe.batchSize(32); // published from weights, with a rate for that
                case SEGMENTATION -> {} // likewise
            }
        });
    }

    boolean isGiven() {
        return fineTunes;
    }

    /**
     * The frozen stages.
     *
     * @param base what holds where nothing is given
     * @throws IllegalArgumentException if the network has no such stage
     */
    List<String> frozen(Network network, List<String> base) {
        if (freeze == null) {
            return base;
        }
        List<String> stages = freeze.equals(List.of(NOTHING)) ? List.of() : freeze;
        Stages.require(network, stages);
        return stages;
    }
}
