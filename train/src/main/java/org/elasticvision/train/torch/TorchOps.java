package org.elasticvision.train.torch;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.ConvTranspose2d;
import org.elasticvision.convert.zoo.layer.Linear;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Pool2d;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.train.torch.group.SyncBatchNorm;
import org.elasticvision.train.torch.tensor.Tensors;

/**
 * Interprets a network as LibTorch tensors. Intermediate tensors belong to the caller's {@code PointerScope}: open one around
 * each forward pass (and its backward pass). Not thread-safe.
 */
final class TorchOps implements LayerOps<Tensor> {
    private final TensorStore store;
    private final boolean evaluating;
    /** Whether a BatchNorm layer normalises by its statistics. */
    private final Predicate<String> isFrozen;

    private final Set<String> updatedTwice;
    private final Optional<ActivationCheckpointing> checkpointing;
    private final Optional<SyncBatchNorm> synchronised;
    private boolean again;

    private TorchOps(
            TensorStore store,
            boolean evaluating,
            Predicate<String> isFrozen,
            Set<String> updatedTwice,
            Optional<ActivationCheckpointing> checkpointing,
            Optional<SyncBatchNorm> synchronised) {
        this.store = store;
        this.evaluating = evaluating;
        this.isFrozen = isFrozen;
        this.updatedTwice = updatedTwice;
        this.checkpointing = checkpointing;
        this.synchronised = synchronised;
    }

    /** For answers: BatchNorm normalises by its statistics, and each block's intermediate tensors are freed at its end. */
    static TorchOps evaluation(TensorStore store) {
        return new TorchOps(store, true, layer -> true, Set.of(), Optional.empty(), Optional.empty());
    }

    /**
     * For training.
     *
     * @param checkpointing how blocks are computed again in the backward pass; empty to keep their activations
     * @param synchronised how BatchNorm normalises by the images of all processes; empty for this one's
     */
    static TorchOps training(
            TensorStore store,
            TrainerSettings.BatchNormSettings batchNorm,
            Optional<ActivationCheckpointing> checkpointing,
            Optional<SyncBatchNorm> synchronised) {
        return new TorchOps(store, false, batchNorm::isFrozen, batchNorm.updatedTwice(), checkpointing, synchronised);
    }

    @Override
    public Tensor block(String name, List<Tensor> inputs, Function<List<Tensor>, Tensor> body) {
        if (evaluating) {
            return Tensors.computed(() -> body.apply(inputs));
        }
        if (checkpointing.isEmpty() || again) {
            return body.apply(inputs);
        }
        return checkpointing.get().run(inputs, body, values -> {
            again = true;
            try {
                return body.apply(values);
            } finally {
                again = false;
            }
        });
    }

    @Override
    public Shape shape(Tensor x) {
        boolean flat = x.dim() == 2;
        return new Shape(
                Math.toIntExact(x.size(1)),
                flat ? 1 : Math.toIntExact(x.size(2)),
                flat ? 1 : Math.toIntExact(x.size(3)));
    }

    @Override
    public Tensor conv2d(Conv2d layer, Tensor x) {
        TensorOptional bias = layer.hasBias() ? optional(layer.bias()) : new TensorOptional();
        return torch.conv2d(
                x,
                store.get(layer.weight()),
                bias,
                pair(layer.stride()),
                pair(layer.padding()),
                pair(layer.dilation()),
                layer.groups());
    }

    @Override
    public Tensor convTranspose2d(ConvTranspose2d layer, Tensor x) {
        return torch.conv_transpose2d(
                x,
                store.get(layer.weight()),
                new TensorOptional(),
                pair(layer.stride()),
                pair(layer.padding()),
                pair(0),
                layer.channels(),
                pair(1));
    }

    @Override
    public Tensor batchNorm(BatchNorm2d layer, Tensor x) {
        boolean normaliseByBatch = !isFrozen.test(layer.name());
        boolean updating = normaliseByBatch && !again;
        int updates = updatedTwice.contains(layer.name()) ? 2 : 1;
        if (updating) {
            try (NoGradGuard guard = new NoGradGuard()) {
                store.get(layer.numBatchesTracked()).add_(new Scalar((long) updates));
            }
        }
        double momentum = 1 - Math.pow(1 - layer.momentum(), updates);
        // What is computed again has moved the statistics already.
        if (normaliseByBatch && synchronised.isPresent()) {
            return synchronised.get().normalise(x, tensors(layer), updating ? momentum : 0);
        }
        boolean statistics = updating || !normaliseByBatch;
        return torch.batch_norm(
                x,
                optional(layer.weight()),
                optional(layer.bias()),
                statistics ? optional(layer.runningMean()) : new TensorOptional(),
                statistics ? optional(layer.runningVar()) : new TensorOptional(),
                normaliseByBatch,
                momentum,
                layer.epsilon(),
                true);
    }

    private SyncBatchNorm.Layer tensors(BatchNorm2d layer) {
        return new SyncBatchNorm.Layer(
                store.get(layer.weight()),
                store.get(layer.bias()),
                store.get(layer.runningMean()),
                store.get(layer.runningVar()),
                layer.epsilon());
    }

    @Override
    public Tensor linear(Linear layer, Tensor x) {
        return torch.linear(x, store.get(layer.weight()), optional(layer.bias()));
    }

    @Override
    public Tensor relu(Tensor x) {
        return x.relu_();
    }

    @Override
    public Tensor sigmoid(Tensor x) {
        return x.sigmoid();
    }

    @Override
    public Tensor logSoftmax(Tensor x) {
        return torch.log_softmax(x, 1);
    }

    @Override
    public Tensor maxPool2d(Tensor x, Pool2d pool) {
        return torch.max_pool2d(
                x, pair(pool.kernel()), pair(pool.stride()), pair(pool.padding()), pair(1), pool.ceilMode());
    }

    @Override
    public Tensor avgPool2d(Tensor x, Pool2d pool) {
        return torch.avg_pool2d(
                x,
                pair(pool.kernel()),
                pair(pool.stride()),
                pair(pool.padding()),
                pool.ceilMode(),
                false,
                new LongOptional());
    }

    @Override
    public Tensor globalAvgPool2d(Tensor x) {
        return torch.adaptive_avg_pool2d(x, 1, 1);
    }

    @Override
    public Tensor flatten(Tensor x) {
        return x.flatten(1, -1);
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        // With autocast the types may differ, and then the sum's is not always that of the first.
        return a.scalar_type().intern() == b.scalar_type().intern() ? a.add_(b) : a.add(b);
    }

    @Override
    public Tensor scaleChannels(Tensor x, Tensor scale) {
        return x.mul(scale);
    }

    @Override
    public Tensor concat(List<Tensor> parts) {
        return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 1);
    }

    @Override
    public Tensor padReplicate(Tensor x, int bottom, int right) {
        return torch.replication_pad2d(x, 0, right, 0, bottom);
    }

    @Override
    public Tensor crop(Tensor x, int height, int width) {
        return x.narrow(2, 0, height).narrow(3, 0, width);
    }

    @Override
    public Tensor upsample2x(Tensor x) {
        long[] size = {2 * x.size(2), 2 * x.size(3)};
        return torch.upsample_bilinear2d(x, size, false, new DoubleOptional(2.0), new DoubleOptional(2.0));
    }

    @Override
    public Tensor resizeAlignCorners(Tensor x, int height, int width) {
        return torch.upsample_bilinear2d(x, new long[] {height, width}, true);
    }

    private TensorOptional optional(String name) {
        return new TensorOptional(store.get(name));
    }

    private static long[] pair(long value) {
        return new long[] {value, value};
    }
}
