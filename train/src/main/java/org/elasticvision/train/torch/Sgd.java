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
 * as they are. Owns the momentum; not thread-safe.
 */
final class Sgd implements AutoCloseable {
    private final TensorStore store;
    private final List<ParameterGroup> groups;
    private final Map<String, Tensor> momentum = new LinkedHashMap<>();

    Sgd(TensorStore store, List<ParameterGroup> groups) {
        this.store = store;
        this.groups = List.copyOf(groups);
    }

    /**
     * One step against the gradients, which are cleared.
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
                group.weightDecay() == 0 ? gradient : gradient.add(parameter, new Scalar(group.weightDecay()));
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
        gradient.zero_();
    }

    /** Clears the gradients without a step. */
    void skip() {
        try (PointerScope scope = new PointerScope()) {
            for (ParameterGroup group : groups) {
                for (String name : group.names()) {
                    Tensor gradient = store.get(name).grad();
                    if (gradient.defined()) {
                        gradient.zero_();
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
