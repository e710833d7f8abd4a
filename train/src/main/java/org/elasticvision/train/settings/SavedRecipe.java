package org.elasticvision.train.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.recipe.ClassWeights;
import org.elasticvision.train.recipe.MovingAverage;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.recipe.Schedule;
import org.elasticvision.train.torch.optimizer.OptimizerKind;

/** A recipe as plain named values. */
final class SavedRecipe {
    private static final String OPTIMIZER = "optimizer";
    private static final String FROZEN = "frozen_stages";
    private static final String PATIENCE = "patience";
    private static final String CLASS_WEIGHTS = "class_weights";
    private static final String SHARING = "batch_norm_sharing";

    private SavedRecipe() {}

    static Map<String, Object> values(Recipe recipe) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("epochs", recipe.epochs());
        values.put("batch_size", recipe.batchSize());
        values.put("accumulation_steps", recipe.accumulationSteps());
        values.put("learning_rate", recipe.learningRate());
        values.put("head_multiplier", recipe.headMultiplier());
        values.put(OPTIMIZER, recipe.optimizer().toString());
        values.put("momentum", recipe.momentum());
        values.put("weight_decay", recipe.weightDecay());
        values.put("schedule", values(recipe.schedule()));
        values.put("warmup_epochs", recipe.warmupEpochs());
        values.put("label_smoothing", recipe.labelSmoothing());
        values.put("freeze_batch_norm", recipe.freezeBatchNorm());
        values.put(SHARING, recipe.batchNormSharing().name().toLowerCase(Locale.ROOT));
        values.put(FROZEN, recipe.frozenStages());
        recipe.patience().ifPresent(patience -> values.put(PATIENCE, patience));
        values.put(CLASS_WEIGHTS, recipe.classWeights().name().toLowerCase(Locale.ROOT));
        recipe.ema().ifPresent(ema -> {
            values.put("ema_decay", ema.decay());
            values.put("ema_warmup", ema.warmup());
        });
        return values;
    }

    static Recipe of(SavedValues values) {
        return new Recipe(
                values.count("epochs"),
                values.count("batch_size"),
                values.count("accumulation_steps"),
                values.real("learning_rate"),
                values.real("head_multiplier"),
                values.has(OPTIMIZER) ? values.word(OPTIMIZER, OptimizerKind.class) : OptimizerKind.SGD,
                values.real("momentum"),
                values.real("weight_decay"),
                schedule(values.map("schedule")),
                values.real("warmup_epochs"),
                values.real("label_smoothing"),
                values.truth("freeze_batch_norm"),
                values.has(SHARING) ? values.word(SHARING, BatchNormSharing.class) : BatchNormSharing.FIRST_RANK,
                values.has("ema_decay")
                        ? Optional.of(new MovingAverage(values.real("ema_decay"), values.truth("ema_warmup")))
                        : Optional.empty(),
                values.has(FROZEN) ? values.texts(FROZEN) : List.of(),
                values.countIfAny(PATIENCE),
                values.has(CLASS_WEIGHTS) ? values.word(CLASS_WEIGHTS, ClassWeights.class) : ClassWeights.NONE);
    }

    private static Map<String, Object> values(Schedule schedule) {
        if (schedule instanceof Schedule.Steps steps) {
            return schedule("steps", "milestones", steps.milestones());
        }
        if (schedule instanceof Schedule.AfterEpochs after) {
            return schedule("after_epochs", "epochs", after.epochs());
        }
        if (schedule instanceof Schedule.Polynomial polynomial) {
            return schedule("polynomial", "power", polynomial.power());
        }
        if (schedule instanceof Schedule.Cosine) {
            return Map.of("name", "cosine");
        }
        throw new IllegalStateException("no name in checkpoints for " + schedule);
    }

    /** In this order: a run that was resumed writes the same file as one that was not, and Map.of has another order in each process. */
    private static Map<String, Object> schedule(String name, String key, Object value) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put(key, value);
        return values;
    }

    private static Schedule schedule(SavedValues values) {
        String name = values.text("name");
        return switch (name) {
            case "steps" -> new Schedule.Steps(values.list("milestones", Double.class));
            case "after_epochs" ->
                new Schedule.AfterEpochs(values.list("epochs", Long.class).stream()
                        .map(Math::toIntExact)
                        .toList());
            case "polynomial" -> new Schedule.Polynomial(values.real("power"));
            case "cosine" -> new Schedule.Cosine();
            default ->
                throw new CheckpointException(
                        values.file(),
                        "cannot be resumed: its schedule '" + name
                                + "' is not known to this version; start a new run from"
                                + " its weights with --init-from");
        };
    }
}
