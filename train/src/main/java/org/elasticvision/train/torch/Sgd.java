package org.elasticvision.train.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum and weight decay, as {@code torch.optim.SGD}: parameters without a gradient stay
 * as they are. A gradient is used up: its memory is freed, or cleared where others count on its place. Owns the momentum; not
 * thread-safe.
 */
final class Sgd implements AutoCloseable {
    private final TensorStore store;
    private final List<ParameterGroup> groups;
    private final boolean gradientsStay;
    private final Map<String, Tensor> momentum = new LinkedHashMap<>();

    /**
     * Without momentum yet.
     *
     * @param gradientsStay whether gradients keep their memory, which is cleared; else LibTorch takes over what the next backward
     *     pass computes, with nothing to clear and nothing to add to
     */
    Sgd(TensorStore store, List<ParameterGroup> groups, boolean gradientsStay) {
        this.store = store;
        this.groups = List.copyOf(groups);
        this.gradientsStay = gradientsStay;
    }

    /**
     * One step against the gradients, which are used up.
     *
     * @param learningRates one per group
     */
    void step(double[] learningRates) {
        if (learningRates.length != groups.size()) {
            throw new IllegalArgumentException(
                    learningRates.length + " learning rates for " + groups.size() + " parameter groups");
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            for (int i = 0; i < groups.size(); i++) {
                ParameterGroup group = groups.get(i);
                for (String name : group.names()) {
                    step(name, group, learningRates[i]);
                }
            }
        }
    }

    private void step(String name, ParameterGroup group, double learningRate) {
        Tensor parameter = store.get(name);
        Tensor gradient = parameter.grad();
        if (!gradient.defined()) {
            return;
        }
        Tensor direction =
                group.weightDecay() == 0 ? gradient : gradient.add_(parameter, new Scalar(group.weightDecay()));
        if (group.momentum() != 0) {
            Tensor buffer = momentum.get(name);
            if (buffer == null) {
                buffer = direction.clone();
                keep(name, (Tensor) buffer.retainReference());
            } else {
                buffer.mul_(new Scalar(group.momentum())).add_(direction);
            }
            direction = buffer;
        }
        parameter.add_(direction, new Scalar(-learningRate));
        clear(parameter);
    }

    private void clear(Tensor parameter) {
        if (gradientsStay) {
            parameter.grad().zero_();
        } else {
            parameter.mutable_grad().reset();
        }
    }

    /** Clears the gradients without a step. */
    void skip() {
        try (PointerScope scope = new PointerScope()) {
            for (ParameterGroup group : groups) {
                for (String name : group.names()) {
                    Tensor parameter = store.get(name);
                    if (parameter.grad().defined()) {
                        clear(parameter);
                    }
                }
            }
        }
    }

    List<ParameterGroup> groups() {
        return groups;
    }

    /** The momentum of a parameter, empty before its first step. */
    Optional<Tensor> momentum(String name) {
        return Optional.ofNullable(momentum.get(name));
    }

    /** Takes over what was saved, and owns it from now on. */
    void restore(String name, Tensor buffer) {
        keep(name, buffer);
    }

    private void keep(String name, Tensor buffer) {
        Tensor before = momentum.put(name, buffer);
        if (before != null) {
            before.close();
        }
    }

    @Override
    public void close() {
        momentum.values().forEach(Tensor::close);
        momentum.clear();
    }
}
