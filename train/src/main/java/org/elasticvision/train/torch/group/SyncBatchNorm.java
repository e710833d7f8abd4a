package org.elasticvision.train.torch.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * BatchNorm by the statistics of what all processes of a group run forward together, with the meaning of {@code
 * torch.nn.SyncBatchNorm}. Mean and sum of squared deviations of each process are gathered and put together in float64 (Chan et al.,
 * 1979), alike bit for bit in all.
 *
 * <p>LibTorch's Java presets cannot define an autograd function. In its place x is normalised by constants, which gives its gradient g
 * as if mean and variance did not depend on x, and a hook turns that into the true one:
 * g − (Σg + x̂ Σ(g x̂)) / n, where x̂ is x normalised and the sums are over all n values of a channel in all processes.
 *
 * <p>All processes must run the same layers forward and backward, in the same order; one without images does so by {@link #beSilent}.
 * Not thread-safe.
 */
public final class SyncBatchNorm {
    private static final int CHANNELS = 1;

    private final GlooGroup group;
    private final List<TensorTensorHook> hooks = new ArrayList<>();
    private boolean isSilent;
    private Tensor handedOver;
    private RuntimeException failure;

    /**
     * BatchNorm of a group.
     *
     * @param group whose processes share statistics; stays its owner's
     */
    public SyncBatchNorm(GlooGroup group) {
        this.group = group;
    }

    /**
     * The tensors of a layer, all [channel].
     *
     * @param weight or scale
     * @param bias or shift
     * @param runningMean that moves towards the batch's
     * @param runningVar that moves towards the batch's, unbiased
     * @param epsilon added to variances
     */
    public record Layer(Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVar, double epsilon) {}

    /** Per channel, of all processes. */
    private record Statistics(Tensor mean, Tensor variance, double count) {}

    /**
     * Says whether this process takes part without images: what it runs counts for nothing. Its gradients must be zero.
     *
     * @param silent whether from now on it does
     */
    public void beSilent(boolean silent) {
        isSilent = silent;
    }

    /**
     * Normalises a batch.
     *
     * @param x [image][channel]… of this process; at least two values of a channel must be in all processes together
     * @param layer its tensors
     * @param momentum how far the running statistics move; 0 leaves them
     * @return a tensor of the current scope, of the shape and type of x
     */
    public Tensor normalise(Tensor x, Layer layer, double momentum) {
        Statistics all;
        try (NoGradGuard guard = new NoGradGuard()) {
            all = statistics(x, layer, momentum);
        }
        Tensor input = x;
        if (x.requires_grad()) {
            input = x.view_as(x);
            Hook hook = new Hook(x.detach(), all, layer.epsilon());
            hooks.add(hook);
            input.register_hook(hook);
        }
        return torch.batch_norm(
                input,
                new TensorOptional(layer.weight()),
                new TensorOptional(layer.bias()),
                new TensorOptional(all.mean()),
                new TensorOptional(all.variance()),
                false,
                0,
                layer.epsilon(),
                true);
    }

    private Statistics statistics(Tensor x, Layer layer, double momentum) {
        Tensor values = precise(x);
        long channels = x.size(CHANNELS);
        double count = isSilent ? 0 : (double) x.numel() / channels;
        T_TensorTensor_T own = torch.batch_norm_update_stats(values, new TensorOptional(), new TensorOptional(), 0);
        Tensor mean = onCpu(own.get0());
        Tensor deviations = onCpu(own.get1()).mul(new Scalar(count));
        Tensor counts = torch.full_like(mean.narrow(0, 0, 1), new Scalar(count));
        Tensor gathered = gather(torch.cat(new TensorVector(mean, deviations, counts)));

        Tensor means = gathered.narrow(1, 0, channels);
        Tensor weights = gathered.narrow(1, 2 * channels, 1);
        double total = weights.sum().item_double();
        Tensor allMean = means.mul(weights).sum(0).div(new Scalar(total));
        Tensor between = means.sub(allMean).square().mul(weights).sum(0);
        Tensor allDeviations = gathered.narrow(1, channels, channels).sum(0).add(between);
        if (momentum > 0) {
            move(layer.runningMean(), allMean, momentum);
            move(layer.runningVar(), allDeviations.div(new Scalar(total - 1)), momentum);
        }
        return new Statistics(
                allMean.type_as(layer.runningMean()),
                allDeviations.div(new Scalar(total)).type_as(layer.runningVar()),
                total);
    }

    private static void move(Tensor running, Tensor batch, double momentum) {
        running.mul_(new Scalar(1 - momentum)).add_(batch.type_as(running).mul(new Scalar(momentum)));
    }

    /** Turns the gradient of x where statistics are constants into the true one. */
    private final class Hook extends TensorTensorHook {
        private final Tensor x;
        private final Statistics all;
        private final double epsilon;

        Hook(Tensor x, Statistics all, double epsilon) {
            this.x = x;
            this.all = all;
            this.epsilon = epsilon;
        }

        /** LibTorch calls, and takes the answer over after the return: nothing may be thrown, and it stays until the next one. */
        @Override
        public TensorBase call(TensorBase gradient) {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Tensor answer = (Tensor) corrected(new Tensor(gradient)).retainReference();
                letGo();
                handedOver = answer;
                return answer;
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
                return gradient;
            }
        }

        private Tensor corrected(Tensor gradient) {
            Tensor deviation = all.variance().add(new Scalar(epsilon)).rsqrt();
            Tensor normalised = precise(x).sub(perChannel(all.mean())).mul(perChannel(deviation));
            Tensor given = precise(gradient);
            long channels = x.size(CHANNELS);
            Tensor own = torch.cat(new TensorVector(onCpu(sums(given)), onCpu(sums(given.mul(normalised)))));
            Tensor sums = gather(own).sum(0);
            if (isSilent) { // no statistic depends on this x
                return gradient;
            }
            Tensor means = sums.div(new Scalar(all.count())).type_as(given);
            Tensor ofGradient = perChannel(means.narrow(0, 0, channels));
            Tensor ofProduct = perChannel(means.narrow(0, channels, channels));
            return given.sub(ofGradient).sub(normalised.mul(ofProduct)).type_as(gradient);
        }

        private Tensor sums(Tensor values) {
            long[] others = LongStream.range(0, values.dim())
                    .filter(dimension -> dimension != CHANNELS)
                    .toArray();
            return values.sum(others);
        }

        private Tensor perChannel(Tensor values) {
            long[] shape = new long[(int) x.dim()];
            Arrays.fill(shape, 1);
            shape[CHANNELS] = values.numel();
            return values.view(shape);
        }
    }

    /** Of the type that sums are taken in. */
    private static Tensor precise(Tensor values) {
        return values.scalar_type().intern() == ScalarType.Double ? values : values.to(ScalarType.Float);
    }

    private static Tensor onCpu(Tensor values) {
        return values.cpu().to(ScalarType.Double);
    }

    /** [process][value]. After a failure no other exchange is tried: {@link #finish} throws it, since a hook may not. */
    private Tensor gather(Tensor own) {
        if (failure == null) {
            try {
                return group.gather(own);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        return own.unsqueeze(0);
    }

    private void letGo() {
        if (handedOver != null) {
            handedOver.close();
            handedOver = null;
        }
    }

    /**
     * Lets go of what a backward pass, which is over, has needed.
     *
     * @throws org.elasticvision.train.distributed.RankLostException if an exchange failed in it, or in the forward pass
     */
    public void finish() {
        hooks.clear();
        letGo();
        if (failure != null) {
            throw failure;
        }
    }
}
