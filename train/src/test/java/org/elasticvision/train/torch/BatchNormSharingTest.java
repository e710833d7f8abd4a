package org.elasticvision.train.torch;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ObjIntConsumer;
import java.util.stream.DoubleStream;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.distributed.Rank;
import org.elasticvision.train.recipe.Initialization;
import org.elasticvision.train.recipe.ParameterGroups;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.torch.TrainerSettings.BatchNormSettings;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TorchThreads;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.elasticvision.train.torch.group.GlooGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.elasticvision.train.torch.CloseValues.assertClose;

/** BatchNorm's statistics in ranks, each in a thread of its own. */
class BatchNormSharingTest {
    private static final int RANKS = 2;
    private static final int UPDATES = 5;
    private static final double EXACT = 1e-10;
    private static final TorchOptions FLOAT64 =
            TorchOptions.defaults().withPrecision(TrainingPrecision.FLOAT64).withChannelsLast(false);

    private static TorchTrainer trainer(
            Architecture architecture,
            Task task,
            TorchOptions options,
            int microBatches,
            BatchNormSharing sharing,
            ProcessGroup group) {
        Network network = architecture.network(task, Trainers.CLASSES);
        Recipe recipe = Recipe.published(task, architecture)
                .with(changed -> changed.batchSize(4 * microBatches).accumulationSteps(microBatches));
        TrainerSettings settings = new TrainerSettings(
                ParameterGroups.of(network, task, recipe),
                0,
                new BatchNormSettings(false, ParameterGroups.updatedTwice(network), sharing));
        return new TorchTrainer(network, new Initialization(network, 1), settings, options, group);
    }

    private static void update(TorchTrainer trainer, double rate) {
        double[] rates = new double[trainer.groups().size()];
        Arrays.fill(rates, rate);
        assertThat(trainer.update(rates)).isTrue();
    }

    /** Does the work of each rank, and gives their trainers to {@code end} one after the other. */
    private static void inRanks(
            Architecture architecture,
            Task task,
            TorchOptions options,
            BatchNormSharing sharing,
            ObjIntConsumer<TorchTrainer> work,
            ObjIntConsumer<TorchTrainer> end)
            throws Exception {
        int port = freePort();
        ExecutorService threads = Executors.newFixedThreadPool(RANKS);
        try {
            List<Future<?>> ranks = new ArrayList<>();
            for (int rank = 0; rank < RANKS; rank++) {
                int index = rank;
                ranks.add(threads.submit(() -> {
                    try (GlooGroup group = GlooGroup.join(
                                    Rank.onThisMachine(index, RANKS, port), Duration.ofMinutes(2), line -> {});
                            TorchTrainer trainer = trainer(architecture, task, options, RANKS, sharing, group)) {
                        work.accept(trainer, index);
                        synchronized (threads) {
                            end.accept(trainer, index);
                        }
                        group.sum(0); // nobody leaves before the others are done
                    }
                }));
            }
            for (Future<?> rank : ranks) {
                rank.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Rounding grows with each step, the more the larger the gradients: hence the rates. */
    @ParameterizedTest
    @CsvSource({
        "resnext_tiny_elastic, CLASSIFICATION, 32, false, 1e-3",
        "resnext_tiny_elastic, CLASSIFICATION, 32, true, 1e-3",
        "resnext_tiny_elastic, MULTI_LABEL, 32, false, 1e-4",
        "resnext_tiny_elastic, SEGMENTATION, 33, false, 1e-3",
        "resnext_tiny_elastic, SEGMENTATION, 33, true, 1e-3"
    })
    void doWhatOneProcessDoesWithTheWholeBatchWhereSynchronised(
            Architecture architecture, Task task, int side, boolean recomputes, double rate) throws Exception {
        TorchThreads.set(1);
        TorchOptions options = FLOAT64.withActivationCheckpointing(recomputes);
        try (TorchTrainer whole =
                trainer(architecture, task, options, 1, BatchNormSharing.FIRST_RANK, ProcessGroup.alone())) {
            for (int step = 0; step < UPDATES; step++) {
                whole.accumulate(joined(halves(task, side, step)));
                update(whole, rate);
            }
            inRanks(
                    architecture,
                    task,
                    options,
                    BatchNormSharing.SYNCHRONISED,
                    (trainer, rank) -> {
                        for (int step = 0; step < UPDATES; step++) {
                            trainer.accumulate(halves(task, side, step).get(rank), true);
                            update(trainer, rate / RANKS);
                        }
                    },
                    (trainer, rank) -> assertSame(trainer, whole, RANKS));
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aRankWithoutImagesChangesNothing(boolean recomputes) throws Exception {
        TorchThreads.set(1);
        Architecture architecture = Architecture.of("resnext_tiny_elastic");
        Task task = Task.CLASSIFICATION;
        TorchOptions options = FLOAT64.withActivationCheckpointing(recomputes);
        try (TorchTrainer alone =
                trainer(architecture, task, options, RANKS, BatchNormSharing.SYNCHRONISED, ProcessGroup.alone())) {
            for (int step = 0; step < UPDATES; step++) {
                alone.accumulate(Trainers.batch(task, 2, 32, step));
                update(alone, 1e-3);
            }
            inRanks(
                    architecture,
                    task,
                    options,
                    BatchNormSharing.SYNCHRONISED,
                    (trainer, rank) -> {
                        for (int step = 0; step < UPDATES; step++) {
                            if (rank == step % RANKS) {
                                trainer.accumulate(Trainers.batch(task, 2, 32, step), true);
                            } else {
                                trainer.accumulateNothing(32, 32, true);
                            }
                            update(trainer, 1e-3);
                        }
                    },
                    (trainer, rank) -> assertSame(trainer, alone, 1));
        }
    }

    /** In float32 and with images as NHWC, as networks are trained; ranks have different numbers of images. */
    @Test
    void allRanksHaveTheSameStatisticsToTheBit() throws Exception {
        TorchThreads.set(1);
        List<double[]> statistics = new ArrayList<>();
        inRanks(
                Architecture.of("resnext_tiny_elastic"),
                Task.CLASSIFICATION,
                TorchOptions.defaults(),
                BatchNormSharing.SYNCHRONISED,
                (trainer, rank) -> {
                    trainer.accumulate(Trainers.batch(Task.CLASSIFICATION, 2 + rank, 32, rank), true);
                    update(trainer, 1e-3);
                },
                (trainer, rank) -> statistics.add(statistics(trainer)));
        assertThat(statistics).hasSize(RANKS);
        assertThat(statistics.get(1)).isEqualTo(statistics.get(0));
        assertThat(statistics.get(0)).doesNotContain(0, 1); // where they began
    }

    @Test
    void areMeansOverTheRanksWhereAveraged() throws Exception {
        TorchThreads.set(1);
        double[][] own = new double[RANKS][];
        double[][] shared = new double[RANKS][];
        shareStatistics(BatchNormSharing.AVERAGED, own, shared);
        assertThat(own[1]).isNotEqualTo(own[0]);
        assertThat(shared[1]).isEqualTo(shared[0]);
        for (int i = 0; i < own[0].length; i++) {
            double mean = (own[0][i] + own[1][i]) / 2;
            assertThat(shared[0][i]).isEqualTo(mean, within(1e-12 * Math.max(1, Math.abs(mean))));
        }
    }

    @Test
    void areTheFirstRanksWhereNothingElseIsSaid() throws Exception {
        TorchThreads.set(1);
        double[][] own = new double[RANKS][];
        double[][] shared = new double[RANKS][];
        shareStatistics(BatchNormSharing.FIRST_RANK, own, shared);
        assertThat(own[1]).isNotEqualTo(own[0]);
        assertThat(shared[0]).isEqualTo(own[0]);
        assertThat(shared[1]).isEqualTo(own[0]);
    }

    private static void shareStatistics(BatchNormSharing sharing, double[][] own, double[][] shared) throws Exception {
        inRanks(
                Architecture.of("resnext_tiny_elastic"),
                Task.CLASSIFICATION,
                FLOAT64,
                sharing,
                (trainer, rank) -> {
                    trainer.accumulate(Trainers.batch(Task.CLASSIFICATION, 2, 32, rank), true);
                    update(trainer, 1e-3);
                    own[rank] = statistics(trainer);
                    trainer.shareStatistics();
                },
                (trainer, rank) -> shared[rank] = statistics(trainer));
    }

    private static double[] statistics(TorchTrainer trainer) {
        return trainer.network().tensors().stream()
                .filter(tensor ->
                        tensor.role() == TensorSpec.Role.RUNNING_MEAN || tensor.role() == TensorSpec.Role.RUNNING_VAR)
                .flatMapToDouble(tensor -> DoubleStream.of(trainer.toDoubles(tensor.name())))
                .toArray();
    }

    /** Weights, statistics, and momentum, which is that of gradients that are added in place of averaged. */
    private static void assertSame(TorchTrainer actual, TorchTrainer expected, int gradients) {
        int momenta = 0;
        for (TensorSpec tensor : expected.network().tensors()) {
            String name = tensor.name();
            assertClose(name, actual.toDoubles(name), expected.toDoubles(name), EXACT);
            if (!expected.optimizerTensors().entries(name).isEmpty()) {
                momenta++;
                double[] momentum = actual.optimizerTensors().toDoubles(name, "momentum_buffer");
                assertClose(
                        "momentum of " + name,
                        DoubleStream.of(momentum)
                                .map(value -> value / gradients)
                                .toArray(),
                        expected.optimizerTensors().toDoubles(name, "momentum_buffer"),
                        EXACT);
            }
        }
        assertThat(momenta).isGreaterThan(50);
    }

    /** Two images for each rank; where pixels are void, as many in each, so that the mean of means is the mean of all. */
    private static List<Batch> halves(Task task, int side, int step) {
        Batch first = Trainers.batch(task, 2, side, 2L * step);
        Batch second = Trainers.batch(task, 2, side, 2L * step + 1);
        if (first.target() instanceof Target.Masks masks) {
            byte[] pixels = ((Target.Masks) second.target()).pixels();
            for (int i = 0; i < pixels.length; i++) {
                boolean isVoid = masks.pixels()[i] == (byte) Target.Masks.VOID;
                pixels[i] = isVoid ? (byte) Target.Masks.VOID : (byte) Math.floorMod(pixels[i], Trainers.CLASSES);
            }
        }
        return List.of(first, second);
    }

    private static Batch joined(List<Batch> halves) {
        FloatBuffer one = halves.get(0).images();
        FloatBuffer other = halves.get(1).images();
        float[] images = new float[one.limit() + other.limit()];
        one.get(0, images, 0, one.limit());
        other.get(0, images, one.limit(), other.limit());
        Batch first = halves.get(0);
        return new Batch(
                Direct.floats(images),
                first.height(),
                first.width(),
                joined(first.target(), halves.get(1).target()));
    }

    private static Target joined(Target one, Target other) {
        if (one instanceof Target.Classes first) {
            int[] second = ((Target.Classes) other).labels();
            int[] labels = Arrays.copyOf(first.labels(), 2 * second.length);
            System.arraycopy(second, 0, labels, second.length, second.length);
            return new Target.Classes(labels);
        }
        if (one instanceof Target.LabelSets first) {
            float[] second = ((Target.LabelSets) other).values();
            float[] values = Arrays.copyOf(first.values(), 2 * second.length);
            System.arraycopy(second, 0, values, second.length, second.length);
            return new Target.LabelSets(values, first.classes());
        }
        Target.Masks first = (Target.Masks) one;
        byte[] second = ((Target.Masks) other).pixels();
        byte[] pixels = Arrays.copyOf(first.pixels(), 2 * second.length);
        System.arraycopy(second, 0, pixels, second.length, second.length);
        return new Target.Masks(pixels, first.height(), first.width());
    }
}
