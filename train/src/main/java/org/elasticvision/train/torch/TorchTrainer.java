package org.elasticvision.train.torch;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.torch.average.TensorAverage;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TorchShield;
import org.elasticvision.train.torch.group.GlooGroup;
import org.elasticvision.train.torch.group.GradientBuckets;
import org.elasticvision.train.torch.group.SyncBatchNorm;

/**
 * A network in training: its parameters, their gradients and momentum, all in LibTorch's memory, which this owns.
 *
 * <p>A step is {@link #accumulate} once or more often, and then {@link #update}. For one thread. Every call is behind a {@link
 * TorchShield}: Java does not end in the middle of one, and once it is ending a call throws.
 */
public final class TorchTrainer implements AutoCloseable {
    /**
     * What of a recipe concerns a step.
     *
     * @param groups which parameters are trained, and how
     * @param labelSmoothing 0 to below 1
     * @param classWeights how much an image of each class counts in the loss; empty for all alike
     * @param batchNorm what BatchNorm does with its statistics
     * @param average where a moving average of all tensors begins, which answers then; empty for none
     */
    public record Settings(
            List<ParameterGroup> groups,
            double labelSmoothing,
            List<Double> classWeights,
            BatchNormSettings batchNorm,
            Optional<Weights> average) {
        public Settings {
            groups = List.copyOf(groups);
            classWeights = List.copyOf(classWeights);
            if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
                throw new IllegalArgumentException(
                        "label smoothing " + labelSmoothing + " must be at least 0 and below 1");
            }
        }

        /** Of images that count alike. */
        public Settings(
                List<ParameterGroup> groups,
                double labelSmoothing,
                BatchNormSettings batchNorm,
                Optional<Weights> average) {
            this(groups, labelSmoothing, List.of(), batchNorm, average);
        }

        /** Without a moving average. */
        public Settings(List<ParameterGroup> groups, double labelSmoothing, BatchNormSettings batchNorm) {
            this(groups, labelSmoothing, batchNorm, Optional.empty());
        }
    }

    /**
     * What BatchNorm does with its statistics in training.
     *
     * @param frozen whether it normalises by them and leaves them as they are
     * @param frozenLayers names of layers that do so while others learn
     * @param updatedTwice names of layers whose statistics take in each batch twice
     * @param sharing what they have to do with other processes
     */
    public record BatchNormSettings(
            boolean frozen, Set<String> frozenLayers, Set<String> updatedTwice, BatchNormSharing sharing) {
        public BatchNormSettings {
            frozenLayers = Set.copyOf(frozenLayers);
            updatedTwice = Set.copyOf(updatedTwice);
        }

        /** All layers alike. */
        public BatchNormSettings(boolean frozen, Set<String> updatedTwice, BatchNormSharing sharing) {
            this(frozen, Set.of(), updatedTwice, sharing);
        }

        boolean isFrozen(String layer) {
            return frozen || frozenLayers.contains(layer);
        }

        /** Statistics of this process's images. */
        public BatchNormSettings(boolean frozen, Set<String> updatedTwice) {
            this(frozen, updatedTwice, BatchNormSharing.FIRST_RANK);
        }
    }

    private final Network network;
    private final TorchOptions options;
    private final Settings settings;
    private final TensorStore store;
    private final Optional<TensorStore> averages;
    private final Optional<TensorAverage> average;
    private final Sgd sgd;
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
    public TorchTrainer(Network network, Weights weights, Settings settings, TorchOptions options) {
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
            Network network, Weights weights, Settings settings, TorchOptions options, ProcessGroup together) {
        this.network = network;
        this.options = options;
        this.settings = settings;
        try (TorchShield shield = TorchShield.open()) {
            this.store = TensorStore.of(network.tensors(), weights, TensorPlace.of(options));
            List<String> trained = settings.groups().stream()
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
            this.sgd = new Sgd(store, settings.groups(), buckets.isPresent());
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
                network, weights, new Settings(List.of(), 0, new BatchNormSettings(true, Set.of())), options);
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
                sgd.skip();
                return false;
            }
            sgd.step(learningRates);
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
            sgd.skip();
            areExchanged = false;
        }
    }

    /**
     * Takes over the statistics of BatchNorm, and all other tensors that are not trained, from the first process; where its settings say so,
     * running means and variances become their means over all processes.
     */
    public void shareStatistics() {
        group.ifPresent(one -> {
            shareStatistics(one, store);
            averages.ifPresent(own -> shareStatistics(one, own));
        });
    }

    private void shareStatistics(GlooGroup all, TensorStore own) {
        boolean isAveraged = settings.batchNorm().sharing() == BatchNormSharing.AVERAGED;
        if (isAveraged) {
            all.average(tensors(own, this::isMovingStatistic));
        }
        all.broadcast(tensors(own, spec -> !spec.role().isTrained() && !(isAveraged && isMovingStatistic(spec))));
    }

    /** A mean of equal numbers may be rounded, so frozen ones stay out. */
    private boolean isMovingStatistic(TensorSpec spec) {
        boolean isStatistic = spec.role() == TensorSpec.Role.RUNNING_MEAN || spec.role() == TensorSpec.Role.RUNNING_VAR;
        String layer = spec.name().substring(0, Math.max(0, spec.name().lastIndexOf('.')));
        return isStatistic && !settings.batchNorm().isFrozen(layer);
    }

    private List<Tensor> tensors(TensorStore own, Predicate<TensorSpec> wanted) {
        return network.tensors().stream()
                .filter(wanted)
                .map(spec -> own.get(spec.name()))
                .toList();
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
        return settings.groups();
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

    /**
     * {@return whether a parameter has been changed yet}
     *
     * @param name its name
     */
    public boolean hasMomentum(String name) {
        return sgd.momentum(name).isPresent();
    }

    /**
     * {@return a copy of a parameter's momentum, empty before its first step}
     *
     * @param name its name
     */
    public Optional<double[]> momentum(String name) {
        return TorchShield.behind(() -> sgd.momentum(name).map(Tensors::toDoubles));
    }

    /**
     * Takes over a momentum that was saved.
     *
     * @param name its name
     * @param values row-major
     */
    public void restoreMomentum(String name, double[] values) {
        try (TorchShield shield = TorchShield.open()) {
            sgd.restore(name, Tensors.of(values, store.spec(name).shape(), store.place()));
        }
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
            sgd.close();
            buckets.ifPresent(GradientBuckets::close);
            averages.ifPresent(TensorStore::close);
            store.close();
        });
    }
}
