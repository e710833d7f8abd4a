package org.elasticvision.train.cli.recipe;

import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --optimizer} and what it has to say. */
final class OptimizerOptions {
    private static final String MOMENTUM = "--momentum";
    /** PyTorch's defaults. */
    private static final double RATE = 1e-3;

    private static final double WEIGHT_DECAY = 1e-2;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description =
                    "Rule by which gradients change the weights: sgd or adamw, with a learning rate of 0.001 (0.0001 with"
                            + " --finetune) and a weight decay of 0.01 unless given (default: sgd, as published).")
    private OptimizerKind optimizer;

    @Option(names = MOMENTUM, paramLabel = "M", description = "Momentum of SGD (default: 0.9).")
    private Double momentum;

    @Option(
            names = "--weight-decay",
            paramLabel = "W",
            description =
                    "Weight decay (published: 1e-4, 5e-4, 5e-4; DLA segmentation 1e-4; adamw, where it is decoupled:"
                            + " 0.01).")
    private Double weightDecay;

    /**
     * What a new run begins with.
     *
     * @param published for SGD
     * @param fineTunes whether it starts from weights to be changed a little
     */
    Recipe on(Recipe published, boolean fineTunes) {
        return optimizer == OptimizerKind.ADAMW
                ? published.with(recipe -> recipe.optimizer(OptimizerKind.ADAMW)
                        .learningRate(fineTunes ? RATE / 10 : RATE)
                        .weightDecay(WEIGHT_DECAY))
                : published;
    }

    /** What is given, on top of a recipe. */
    void addTo(Recipe.Builder recipe, Recipe base) {
        OptimizerKind kind = optimizer == null ? base.optimizer() : optimizer;
        switch (kind) {
            case SGD -> {}
            case ADAMW -> Given.refuse(command, "is of SGD, and adamw has fixed betas of 0.9 and 0.999", MOMENTUM);
        }
        recipe.optimizer(kind)
                .momentum(momentum == null ? base.momentum() : momentum)
                .weightDecay(weightDecay == null ? base.weightDecay() : weightDecay);
    }
}
