package org.elasticvision.train.torch.optimizer;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Changes parameters by their gradients; those without a gradient stay as they are. A gradient is used up: its memory is freed, or
 * cleared where others count on its place. Owns the state that it keeps for each parameter; not thread-safe.
 */
public abstract sealed class Optimizer implements AutoCloseable permits Sgd, AdamW {
    private final Function<String, Tensor> parameters;
    private final List<ParameterGroup> groups;
    private final boolean gradientsStay;
    private final Map<String, Map<String, Tensor>> states = new HashMap<>();

    Optimizer(Function<String, Tensor> parameters, List<ParameterGroup> groups, boolean gradientsStay) {
        this.parameters = parameters;
        this.groups = List.copyOf(groups);
        this.gradientsStay = gradientsStay;
    }

    /**
     * {@return an optimiser that has made no step yet}
     *
     * @param settings what it changes, and how
     * @param parameters by their names; they stay their owner's
     * @param gradientsStay whether gradients keep their memory, which is cleared; else LibTorch takes over what the next backward
     *     pass computes, with nothing to clear and nothing to add to
     */
    public static Optimizer of(OptimizerSettings settings, Function<String, Tensor> parameters, boolean gradientsStay) {
        return switch (settings.kind()) {
            case SGD -> new Sgd(parameters, settings.groups(), gradientsStay);
            case ADAMW -> new AdamW(parameters, settings.groups(), settings.microBatches(), gradientsStay);
        };
    }

    /**
     * One step against the gradients, which are used up.
     *
     * @param learningRates one per group
     */
    public final void step(double... learningRates) {
        if (learningRates.length != groups.size()) {
            throw new IllegalArgumentException(
                    learningRates.length + " learning rates for " + groups.size() + " parameter groups");
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            for (int i = 0; i < groups.size(); i++) {
                for (String name : groups.get(i).names()) {
                    Tensor parameter = parameters.apply(name);
                    if (parameter.grad().defined()) {
                        change(name, parameter, parameter.grad(), groups.get(i), learningRates[i]);
                        clear(parameter);
                    }
                }
            }
        }
    }

    /**
     * Changes one parameter. Tensors that it makes are freed after the step unless they are {@linkplain #keep kept}.
     *
     * @param gradient which may be changed
     */
    abstract void change(String name, Tensor parameter, Tensor gradient, ParameterGroup group, double learningRate);

    private void clear(Tensor parameter) {
        if (gradientsStay) {
            parameter.grad().zero_();
        } else {
            parameter.mutable_grad().reset();
        }
    }

    /** Clears the gradients without a step. */
    public final void skip() {
        try (PointerScope scope = new PointerScope()) {
            for (ParameterGroup group : groups) {
                for (String name : group.names()) {
                    Tensor parameter = parameters.apply(name);
                    if (parameter.grad().defined()) {
                        clear(parameter);
                    }
                }
            }
        }
    }

    /**
     * {@return what is kept for a parameter, by PyTorch's names; empty before its first step, or if nothing is}
     *
     * @param name of the parameter
     */
    public final Map<String, Tensor> state(String name) {
        return Collections.unmodifiableMap(states.getOrDefault(name, Map.of()));
    }

    /**
     * Takes over what was saved, and owns it from now on.
     *
     * @param name of the parameter
     * @param entry such as {@code exp_avg}
     * @param value of the parameter's shape, or one number on the CPU
     */
    public final void restore(String name, String entry, Tensor value) {
        Tensor before =
                states.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(entry, value);
        if (before != null) {
            before.close();
        }
    }

    /** Owns a tensor of the current scope as a parameter's state. */
    final Tensor keep(String name, String entry, Tensor value) {
        restore(name, entry, (Tensor) value.retainReference());
        return value;
    }

    @Override
    public final void close() {
        states.values().forEach(state -> state.values().forEach(Tensor::close));
        states.clear();
    }
}
