package org.elasticvision.train.torch.optimizer;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), in the operations of {@code torch.optim.AdamW} with {@code
 * foreach=False} and its usual betas and epsilon, so that it rounds as that does. Of gradients that are sums over micro-batches it takes
 * the mean: its steps do not grow with gradients, but epsilon and what a checkpoint keeps would be of sums.
 */
final class AdamW extends Optimizer {
    /** One float32 number on the CPU, as PyTorch keeps it. */
    static final String STEP = "step";

    static final String MEAN = "exp_avg";
    static final String SQUARE = "exp_avg_sq";

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final int microBatches;

    AdamW(Function<String, Tensor> parameters, List<ParameterGroup> groups, int microBatches, boolean gradientsStay) {
        super(parameters, groups, gradientsStay);
        this.microBatches = microBatches;
    }

    @Override
    void change(String name, Tensor parameter, Tensor gradient, ParameterGroup group, double learningRate) {
        if (state(name).isEmpty()) {
            keep(name, STEP, torch.scalar_tensor(new Scalar(0.0f)));
            keep(name, MEAN, torch.zeros_like(parameter));
            keep(name, SQUARE, torch.zeros_like(parameter));
        }
        if (microBatches > 1) {
            gradient.div_(new Scalar((double) microBatches));
        }
        double step = state(name).get(STEP).add_(new Scalar(1.0)).item_double();
        Tensor mean = state(name).get(MEAN).lerp_(gradient, new Scalar(1 - BETA_1));
        Tensor square = state(name).get(SQUARE);
        square.mul_(new Scalar(BETA_2)).addcmul_(gradient, gradient, new Scalar(1 - BETA_2));
        Tensor root = square.sqrt()
                .div_(new Scalar(Math.sqrt(1 - Math.pow(BETA_2, step))))
                .add_(new Scalar(EPSILON));
        parameter.mul_(new Scalar(1 - learningRate * group.weightDecay()));
        parameter.addcdiv_(mean, root, new Scalar(-learningRate / (1 - Math.pow(BETA_1, step))));
    }
}
