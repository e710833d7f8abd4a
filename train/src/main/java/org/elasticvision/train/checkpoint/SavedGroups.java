package org.elasticvision.train.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.torch.optimizer.OptimizerKind;

/**
 * The entry {@code param_groups} of a saved optimizer: that of {@code torch.optim.SGD} as PyTorch 1.13 writes it, that of {@code
 * torch.optim.AdamW} with what later versions ask for too.
 */
final class SavedGroups {
    static final String INDICES = "params";

    private static final String LEARNING_RATE = "lr";
    private static final String MOMENTUM = "momentum";
    private static final String WEIGHT_DECAY = "weight_decay";
    private static final String BETAS = "betas";
    private static final String EPSILON = "eps";
    private static final List<Double> USUAL_BETAS = List.of(0.9, 0.999);
    private static final double USUAL_EPSILON = 1e-8;

    private SavedGroups() {}

    static Map<String, Object> values(OptimizerKind optimizer, SavedParameterGroup group, List<Object> indices) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(LEARNING_RATE, group.learningRate());
        switch (optimizer) {
            case SGD -> {
                values.put(MOMENTUM, group.momentum());
                values.put("dampening", 0);
                values.put(WEIGHT_DECAY, group.weightDecay());
                values.put("nesterov", false);
            }
            case ADAMW -> {
                values.put(BETAS, USUAL_BETAS);
                values.put(EPSILON, USUAL_EPSILON);
                values.put(WEIGHT_DECAY, group.weightDecay());
                values.put("amsgrad", false);
                values.put("capturable", false);
                values.put("fused", null);
                values.put("decoupled_weight_decay", true); // without it PyTorch 2.7 and later make Adam of it
            }
        }
        values.put("maximize", false);
        values.put("foreach", null);
        values.put("differentiable", false);
        values.put(INDICES, indices);
        return values;
    }

    /** Whose groups these are; SGD's have no betas. */
    static OptimizerKind optimizer(List<?> groups) {
        return groups.stream().anyMatch(group -> group instanceof Map<?, ?> values && values.containsKey(BETAS))
                ? OptimizerKind.ADAMW
                : OptimizerKind.SGD;
    }

    /**
     * Reads a group.
     *
     * @throws ElasticVisionException if a value is missing or not allowed; {@link CheckpointException} where it names the file already
     */
    static SavedParameterGroup read(Path file, OptimizerKind optimizer, Map<?, ?> values, List<String> names) {
        return new SavedParameterGroup(
                names,
                number(file, values, LEARNING_RATE),
                momentum(file, optimizer, values),
                number(file, values, WEIGHT_DECAY));
    }

    private static double momentum(Path file, OptimizerKind optimizer, Map<?, ?> values) {
        return switch (optimizer) {
            case SGD -> number(file, values, MOMENTUM);
            case ADAMW -> {
                if (!USUAL_BETAS.equals(values.get(BETAS)) || number(file, values, EPSILON) != USUAL_EPSILON) {
                    throw new ElasticVisionException("its AdamW has betas " + values.get(BETAS) + " and eps "
                            + values.get(EPSILON) + ", and here they are " + USUAL_BETAS + " and " + USUAL_EPSILON);
                }
                yield 0;
            }
        };
    }

    private static double number(Path file, Map<?, ?> values, String key) {
        return OptimizerState.value(file, values, key, Number.class).doubleValue();
    }
}
