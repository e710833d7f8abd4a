package org.elasticvision.train.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum and weight decay, as {@code torch.optim.SGD}: parameters without a gradient stay
 * as they are. Owns the momentum; not thread-safe.
 */
final class Sgd implements AutoCloseable {
    private final Map<String, Tensor> parameters;
    private final double momentum;
    private final double weightDecay;
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();

    Sgd(Map<String, Tensor> parameters, double momentum, double weightDecay) {
        this.parameters = parameters;
        this.momentum = momentum;
        this.weightDecay = weightDecay;
    }

    /** One step against the gradients, which are cleared. */
    void step(double learningRate) {
        try (NoGradGuard guard = new NoGradGuard();
                PointerScope scope = new PointerScope()) {
            parameters.forEach((name, parameter) -> {
                Tensor gradient = parameter.grad();
                if (gradient.defined()) {
                    Tensor step = gradient.add(parameter, new Scalar(weightDecay));
                    Tensor buffer = buffers.get(name);
                    if (buffer == null) {
                        buffer = step.clone();
                        buffer.retainReference();
                        buffers.put(name, buffer);
                    } else {
                        buffer.mul_(new Scalar(momentum)).add_(step);
                    }
                    parameter.add_(buffer, new Scalar(-learningRate));
                    gradient.zero_();
                }
            });
        }
    }

    @Override
    public void close() {
        buffers.values().forEach(Tensor::close);
        buffers.clear();
    }
}
