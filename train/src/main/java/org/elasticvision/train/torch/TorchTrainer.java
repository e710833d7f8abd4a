package org.elasticvision.train.torch;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.torch.TrainerSettings.BatchNormSettings;
import org.elasticvision.train.torch.average.TensorAverage;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TorchShield;
import org.elasticvision.train.torch.group.GlooGroup;
import org.elasticvision.train.torch.group.GradientBuckets;
import org.elasticvision.train.torch.group.SharedStatistics;
import org.elasticvision.train.torch.group.SyncBatchNorm;
import org.elasticvision.train.torch.optimizer.Optimizer;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import org.elasticvision.train.torch.optimizer.ParameterGroup;
import org.elasticvision.train.torch.tensor.Loss;
import org.elasticvision.train.torch.tensor.TensorPlace;
import org.elasticvision.train.torch.tensor.Tensors;

/**
 * A network in training: its parameters, their gradients and the state of the optimiser, all in LibTorch's memory, which this owns.
 *
 * <p>A step is {@link #accumulate} once or more often, and then {@link #update}. For one thread. Every call is behind a {@link
 * TorchShield}: Java does not end in the middle of one, and once it is ending a call throws.
 */
public final class TorchTrainer implements AutoCloseable {
    private final Network network;
    private final TorchOptions options;
    private final TrainerSettings settings;
    private final TensorStore store;
    private final Optional<TensorStore> averages;
    private final Optional<TensorAverage> average;
    private final Optimizer optimizer;
    private final LossScaler scaler;
    private final ActivationCheckpointing checkpointing;
    private final TorchOps training;
    private final TorchOps evaluation;
    private final Optional<GlooGroup> group;
    private final Optional<GradientBuckets> buckets;
    private final Optional<SyncBatchNorm> synchronised;
    private boolean areExchanged;

    /**
     * Copies the weights into LibTorch's memory, to train in this process alone.
     *
     * @param network the network
     * @param weights for all tensors of the network
     * @param settings how it learns
     * @param options how it is done
     */
    public TorchTrainer(Network network, Weights weights, TrainerSettings settings, TorchOptions options) {
        this(network, weights, settings, options, ProcessGroup.alone());
    }

    /**
     * Copies the weights into LibTorch's memory, to train together with other processes: gradients are summed over all of them, and
     * each begins with the weights of the first.
     *
     * @param network the network
     * @param weights for all tensors of the network
     * @param settings how it learns
     * @param options how it is done
     * @param together who trains; stays its owner's
     */
    public TorchTrainer(
            Network network, Weights weights, TrainerSettings settings, TorchOptions options, ProcessGroup together) {
        this.network = network;
        this.options = options;
        this.settings = settings;
        try (TorchShield shield = TorchShield.open()) {
            this.store = TensorStore.of(network.tensors(), weights, TensorPlace.of(options));
            List<String> trained = settings.optimizer().groups().stream()
                    .flatMap(group -> group.names().stream())
                    .toList();
            store.freeze(store.trained().stream()
                    .filter(name -> !trained.contains(name))
                    .toList());
            this.scaler = new LossScaler(options.precision().scalesLoss());
            this.checkpointing = new ActivationCheckpointing(options);
            this.group = together instanceof GlooGroup gloo ? Optional.of(gloo) : Optional.empty();
            boolean isSynchronised = settings.batchNorm().sharing() == BatchNormSharing.SYNCHRONISED;
            this.synchronised =
                    group.filter(one -> isSynchronised && one.isShared()).map(SyncBatchNorm::new);
            this.training = TorchOps.training(
                    store,
                    settings.batchNorm(),
                    options.activationCheckpointing() ? Optional.of(checkpointing) : Optional.empty(),
                    synchronised);
            this.averages = settings.average().map(begin -> store.another(begin));
            this.average = averages.map(own -> new TensorAverage(own.all(), store.all()));
            this.evaluation = TorchOps.evaluation(averages.orElse(store));
            group.ifPresent(one -> one.broadcast(store.all()));
            this.buckets = group.map(one -> new GradientBuckets(one, tensors(store.trained())));
            this.optimizer = Optimizer.of(settings.optimizer(), store::get, buckets.isPresent());
        }
    }

    private List<Tensor> tensors(List<String> names) {
        return names.stream().map(store::get).toList();
    }

    /**
     * For answers only: nothing is trained.
     *
     * @param network the network
     * @param weights by the names of the tensors
     * @param options how it is done
     * @return a trainer that answers
     */
    public static TorchTrainer answering(Network network, Weights weights, TorchOptions options) {
        return new TorchTrainer(
                network, weights, new TrainerSettings(List.of(), 0, new BatchNormSettings(true, Set.of())), options);
    }

    /**
     * Runs a batch, or a micro-batch of one, forward and backward; its gradients add to those since the last {@link #update}
     * (gradient accumulation).
     *
     * @param batch the examples
     * @return the loss and the answers
     * @throws IllegalArgumentException if the target does not fit the network
     * @throws org.elasticvision.runtime.base.ElasticVisionException if memory does not suffice
     */
    public StepResult accumulate(Batch batch) {
        return accumulate(batch, false);
    }

    /**
     * The same; where the last batch before an update is known, other processes get its gradients while they are computed.
     *
     * @param batch the examples
     * @param isLast whether {@link #update} comes next
     * @return the loss and the answers
     */
    public StepResult accumulate(Batch batch, boolean isLast) {
        return TorchShield.behind(batch.size(), () -> accumulateNow(batch, isLast));
    }

    private StepResult accumulateNow(Batch batch, boolean isLast) {
        try (PointerScope scope = new PointerScope();
                Tensor images = images(batch)) {
            Tensor target = Loss.tensor(batch.target(), store.place());
            Tensor logits = forward(training, images);
            Tensor loss =
                    new Loss(settings.labelSmoothing(), settings.classWeights()).loss(batch.target(), logits, target);
            backward(scaler.scaled(loss), isLast);
            try (NoGradGuard guard = new NoGradGuard()) {
                long[] errors = Loss.errors(batch.target(), logits, target);
                return new StepResult(loss.item_double(), errors[0], errors[1]);
            }
        }
    }

    private void backward(Tensor output, boolean isLast) {
        buckets.ifPresent(all -> all.beforeBackward(isLast));
        output.backward();
        buckets.ifPresent(GradientBuckets::afterBackward);
        checkpointing.release();
        synchronised.ifPresent(SyncBatchNorm::finish);
    }

    /**
     * Where other processes {@link #accumulate} a batch, BatchNorm is synchronised and this process has no batch: takes part in their
     * exchanges, and changes nothing.
     *
     * @param height of their images
     * @param width of their images
     * @param isLast whether {@link #update} comes next
     */
    public void accumulateNothing(int height, int width, boolean isLast) {
        TorchShield.behind(1, () -> {
            synchronised.ifPresent(one -> one.beSilent(true));
            try (PointerScope scope = new PointerScope();
                    Tensor images = Tensors.of(
                            FloatBuffer.allocate(Batch.CHANNELS * height * width),
                            new long[] {1, Batch.CHANNELS, height, width},
                            store.place(),
                            false)) {
                backward(forward(training, images).sum().mul(new Scalar(0.0)), isLast);
            } finally {
                synchronised.ifPresent(one -> one.beSilent(false));
            }
            return null;
        });
    }

    /**
     * Changes the parameters by the gradients so far, those of all processes together, and clears them.
     *
     * @param learningRates one per parameter group
     * @return false if the gradients overflowed in float16, and nothing was changed
     */
    public boolean update(double... learningRates) {
        try (TorchShield shield = TorchShield.open()) {
            exchangeGradients();
            areExchanged = false;
            if (!scaler.unscale(store)) {
                optimizer.skip();
                return false;
            }
            optimizer.step(learningRates);
            return true;
        }
    }

    /**
     * Moves the average towards the weights: {@code average ← decay · average + (1 − decay) · weights}.
     *
     * @param decay 0 to 1
     * @throws java.util.NoSuchElementException if the trainer keeps no average
     */
    public void average(double decay) {
        try (TorchShield shield = TorchShield.open()) {
            average.orElseThrow().update(decay);
        }
    }

    /** Adds the gradients of the other processes since the last {@link #update}, once; {@link #update} does so where it has not been done. */
    public void exchangeGradients() {
        if (buckets.isPresent() && !areExchanged) {
            try (TorchShield shield = TorchShield.open()) {
                buckets.get().finish();
                areExchanged = true;
            }
        }
    }

    /** {@return how long {@link #exchangeGradients} has taken in all: what no backward pass has hidden, and waiting for slower ranks} */
    public Duration exchangeTime() {
        return Duration.ofNanos(buckets.map(GradientBuckets::waitedNanos).orElse(0L));
    }

    /** Forgets the gradients since the last {@link #update}. */
    public void discard() {
        try (TorchShield shield = TorchShield.open()) {
            optimizer.skip();
            areExchanged = false;
        }
    }

    /**
     * Takes over the statistics of BatchNorm, and all other tensors that are not trained, from the first process; where its settings say so,
     * running means and variances become their means over all processes.
     */
    public void shareStatistics() {
        SharedStatistics statistics = new SharedStatistics(
                network.tensors(),
                settings.batchNorm().sharing() == BatchNormSharing.AVERAGED,
                settings.batchNorm()::isFrozen);
        group.ifPresent(one -> {
            statistics.share(one, store::get);
            averages.ifPresent(own -> statistics.share(one, own::get));
        });
    }

    /**
     * {@return what the network answers, or the average of its weights where there is one; BatchNorm normalises by its statistics}
     *
     * @param batch the examples
     */
    public BatchAnswer answer(Batch batch) {
        return TorchShield.behind(batch.size(), () -> answerNow(batch));
    }

    private BatchAnswer answerNow(Batch batch) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                Tensor images = images(batch)) {
            Tensor target = Loss.tensor(batch.target(), store.place());
            Tensor logits = forward(evaluation, images);
            double loss =
                    new Loss(0, List.of()).loss(batch.target(), logits, target).item_double();
            return batch.target() instanceof Target.Masks
                    ? new BatchAnswer(loss, new float[0], Tensors.toBytes(Loss.answer(logits)))
                    : new BatchAnswer(loss, Tensors.toFloats(logits), new byte[0]);
        }
    }

    /**
     * {@return the network's raw output for a batch, BatchNorm normalising by its statistics: [image][class], or for
     * segmentation [image][class][row][column]}
     *
     * @param batch the examples
     */
    public float[] logits(Batch batch) {
        return TorchShield.behind(batch.size(), () -> logitsNow(batch));
    }

    private float[] logitsNow(Batch batch) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                Tensor images = images(batch)) {
            return Tensors.toFloats(forward(evaluation, images));
        }
    }

    private Tensor images(Batch batch) {
        long[] shape = {batch.size(), Batch.CHANNELS, batch.height(), batch.width()};
        return Tensors.of(
                batch.images().duplicate().rewind(),
                shape,
                store.place(),
                options.device().cuda());
    }

    /** Losses are computed in full precision. */
    private Tensor forward(TorchOps ops, Tensor images) {
        Tensor logits;
        try (Autocast autocast = Autocast.enter(options)) {
            logits = network.forward(ops, images);
        }
        return options.precision().autocast().isPresent() ? logits.to(ScalarType.Float) : logits;
    }

    /** {@return the network that is trained} */
    public Network network() {
        return network;
    }

    /** {@return the optimiser's groups} */
    public List<ParameterGroup> groups() {
        return settings.optimizer().groups();
    }

    /**
     * {@return a copy of a tensor's values; exact in float64 training too}
     *
     * @param name its name
     */
    public double[] toDoubles(String name) {
        return TorchShield.behind(() -> Tensors.toDoubles(store.get(name)));
    }

    /**
     * {@return a copy of a tensor's values}
     *
     * @param name its name
     */
    public float[] toFloats(String name) {
        return TorchShield.behind(() -> Tensors.toFloats(store.get(name)));
    }

    /** {@return whether a moving average is kept} */
    public boolean hasAverage() {
        return average.isPresent();
    }

    /**
     * {@return a copy of a tensor's moving average}
     *
     * @param name its name
     * @throws java.util.NoSuchElementException if the trainer keeps no average
     */
    public double[] averageToDoubles(String name) {
        return TorchShield.behind(() -> Tensors.toDoubles(averages.orElseThrow().get(name)));
    }

    /** {@return by which rule weights are changed} */
    public OptimizerKind optimizer() {
        return settings.optimizer().kind();
    }

    /** {@return what the optimiser keeps} */
    public OptimizerTensors optimizerTensors() {
        return new OptimizerTensors(optimizer, store);
    }

    /** {@return the scale of float16's losses and how long it has held, to be saved} */
    public LossScale lossScale() {
        return new LossScale(scaler.scale(), scaler.goodSteps());
    }

    /**
     * Takes over a loss scale that was saved.
     *
     * @param saved what {@code lossScale} gave
     */
    public void restore(LossScale saved) {
        scaler.restore(saved.scale(), saved.goodSteps());
    }

    /**
     * The state of loss scaling.
     *
     * @param scale what losses are multiplied by
     * @param goodSteps steps since it last changed
     */
    public record LossScale(double scale, int goodSteps) {}

    @Override
    public void close() {
        TorchShield.free(() -> {
            optimizer.close();
            buckets.ifPresent(GradientBuckets::close);
            averages.ifPresent(TensorStore::close);
            store.close();
        });
    }
}
