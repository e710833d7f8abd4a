package org.elasticvision.train.torch.optimizer;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Stochastic gradient descent with momentum and weight decay, as {@code torch.optim.SGD}, without dampening. */
final class Sgd extends Optimizer {
    static final String MOMENTUM = "momentum_buffer";

    Sgd(Function<String, Tensor> parameters, List<ParameterGroup> groups, boolean gradientsStay) {
        super(parameters, groups, gradientsStay);
    }

    @Override
    void change(String name, Tensor parameter, Tensor gradient, ParameterGroup group, double learningRate) {
        Tensor direction =
                group.weightDecay() == 0 ? gradient : gradient.add_(parameter, new Scalar(group.weightDecay()));
        if (group.momentum() != 0) {
            Tensor buffer = state(name).get(MOMENTUM);
            direction = buffer == null
                    ? keep(name, MOMENTUM, direction.clone())
                    : buffer.mul_(new Scalar(group.momentum())).add_(direction);
        }
        parameter.add_(direction, new Scalar(-learningRate));
    }
}
