package org.elasticvision.train.cli.recipe;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.recipe.Schedule;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.torch.optimizer.OptimizerKind;

/** The recipe of a run as a file that {@code --recipe} reads: all values, also those that are as published. */
final class RecipeText {
    private RecipeText() {}

    /**
     * {@return the file's text}
     *
     * @param settings of the run
     * @param ranks that share an update's micro-batches
     */
    static String of(RunSettings settings, int ranks) {
        Map<String, String> lines = new LinkedHashMap<>();
        recipe(settings.recipe(), ranks, lines);
        settings.data().ifPresent(data -> augmentation(data.augmentation(), settings.task(), lines));
        lines.put(
                "input-size",
                settings.preprocessing().height() + "x"
                        + settings.preprocessing().width());
        StringBuilder text = new StringBuilder("# Recipe of elastic train " + Version.current() + ": "
                + settings.architecture() + ", " + settings.task() + ". Use: elastic train DATA --recipe FILE\n");
        lines.forEach(
                (key, value) -> text.append(key).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static void recipe(Recipe recipe, int ranks, Map<String, String> lines) {
        lines.put("epochs", Integer.toString(recipe.epochs()));
        lines.put("batch", Integer.toString(recipe.batchSize()));
        lines.put("accumulate", Integer.toString(Math.max(1, recipe.accumulationSteps() / ranks)));
        lines.put("lr", number(recipe.learningRate()));
        lines.put("head-lr", number(recipe.headMultiplier()));
        lines.put("optimizer", recipe.optimizer().toString());
        if (recipe.optimizer() == OptimizerKind.SGD) {
            lines.put("momentum", number(recipe.momentum()));
        }
        lines.put("weight-decay", number(recipe.weightDecay()));
        schedule(recipe.schedule(), lines);
        lines.put("warmup", number(recipe.warmupEpochs()));
        if (recipe.labelSmoothing() > 0) { // is for some tasks only
            lines.put("label-smoothing", number(recipe.labelSmoothing()));
        }
        lines.put("freeze-bn", Boolean.toString(recipe.freezeBatchNorm()));
        if (recipe.batchNormSharing() == BatchNormSharing.AVERAGED) {
            lines.put("average-bn", "true");
        } else if (recipe.batchNormSharing() == BatchNormSharing.SYNCHRONISED) {
            lines.put("sync-bn", "true");
        }
        recipe.ema().ifPresent(ema -> {
            lines.put("ema", number(ema.decay()));
            lines.put("ema-warmup", Boolean.toString(ema.warmup()));
        });
        if (!recipe.frozenStages().isEmpty()) {
            lines.put("freeze", list(recipe.frozenStages()));
        }
        recipe.patience().ifPresent(patience -> lines.put("patience", Integer.toString(patience)));
        String weights = recipe.classWeights().name().toLowerCase(Locale.ROOT);
        if (!weights.equals("none")) { // likewise
            lines.put("class-weights", weights);
        }
    }

    /** Steps in parts of a run are those of the task, as no option says others. */
    private static void schedule(Schedule schedule, Map<String, String> lines) {
        if (schedule instanceof Schedule.AfterEpochs after) {
            lines.put("schedule", "steps");
            lines.put("decay-at", list(after.epochs()));
        } else if (schedule instanceof Schedule.Polynomial) {
            lines.put("schedule", "poly");
        } else {
            lines.put("schedule", schedule instanceof Schedule.Cosine ? "cosine" : "steps");
        }
    }

    /** What was turned on beside {@code --no-augment} stands beside {@code augment: false}. */
    private static void augmentation(Augmentation augmentation, Task task, Map<String, String> lines) {
        Augmentation none = Augmentation.none();
        boolean isOff = augmentation.crop() == none.crop() && augmentation.shift() == none.shift();
        lines.put("augment", Boolean.toString(!isOff));
        Map<String, String> values = values(augmentation, task);
        if (isOff) {
            values.entrySet().removeAll(values(none, task).entrySet());
        }
        lines.putAll(values);
    }

    private static Map<String, String> values(Augmentation augmentation, Task task) {
        Map<String, String> lines = new LinkedHashMap<>();
        switch (task) {
            case CLASSIFICATION, MULTI_LABEL -> {
                if (augmentation.crop() == Augmentation.Crop.RESIZED) {
                    lines.put("crop-area", number(augmentation.areaMin()));
                }
                augmentation
                        .randAugment()
                        .ifPresent(operations -> lines.put(
                                "randaugment", list(List.of(operations.operations(), operations.magnitude()))));
                lines.put("random-erasing", number(augmentation.erasing()));
                lines.put("mixup", number(augmentation.mixUp()));
                lines.put("cutmix", number(augmentation.cutMix()));
            }
            case SEGMENTATION ->
                lines.put("scale", list(List.of(number(augmentation.scaleMin()), number(augmentation.scaleMax()))));
        }
        lines.put("flip", number(augmentation.flip()));
        return lines;
    }

    private static String list(List<?> values) {
        return values.toString();
    }

    /** Without an exponent, which not every reader of YAML takes for a number. */
    private static String number(double value) {
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0).toPlainString() : exact.toPlainString();
    }
}
