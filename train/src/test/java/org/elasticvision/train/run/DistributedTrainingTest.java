package org.elasticvision.train.run;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.distributed.Rank;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.MovingAverage;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.device.TorchDevice;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TorchThreads;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.elasticvision.train.torch.group.GlooGroup;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.elasticvision.train.torch.CloseValues.assertClose;

/** Several processes together do what one does with as many micro-batches. */
class DistributedTrainingTest {
    private static final int RANKS = 2;
    private static final double EXACT = 1e-10;

    @TempDir
    private Path folder;

    /** A rank in a process of its own. */
    static final class RankProcess {
        private RankProcess() {}

        public static void main(String[] arguments) {
            int rank = Integer.parseInt(arguments[0]);
            int size = Integer.parseInt(arguments[1]);
            int port = Integer.parseInt(arguments[2]);
            boolean resumes = arguments[7].equals("resume");
            BatchNormSharing sharing = BatchNormSharing.valueOf(arguments[8]);
            TorchThreads.set(1);
            TrainingJob job = job(
                    Task.valueOf(arguments[4]),
                    Path.of(arguments[3]),
                    Integer.parseInt(arguments[5]),
                    Boolean.parseBoolean(arguments[6]),
                    sharing,
                    OptimizerKind.valueOf(arguments[9]));
            int exitCode = 0;
            try (ProcessGroup group =
                    GlooGroup.join(Rank.onThisMachine(rank, size, port), Duration.ofMinutes(2), line -> {})) {
                TrainingResult result = resumes
                        ? Training.resume(job, new TrainingListener() {}, new StopSignal(), group)
                        : Training.start(job, new TrainingListener() {}, new StopSignal(), group);
                result.epochs().forEach(epoch -> System.out.println(figures(epoch)));
            } catch (ElasticVisionException e) {
                System.out.println(e.getMessage());
                exitCode = 1;
            }
            System.exit(exitCode);
        }
    }

    private static TrainingJob job(Task task, Path folder, int microBatches, boolean recomputes) {
        return job(task, folder, microBatches, recomputes, BatchNormSharing.FIRST_RANK);
    }

    private static TrainingJob job(
            Task task, Path folder, int microBatches, boolean recomputes, BatchNormSharing sharing) {
        return job(task, folder, microBatches, recomputes, sharing, OptimizerKind.SGD);
    }

    private static TrainingJob job(
            Task task,
            Path folder,
            int microBatches,
            boolean recomputes,
            BatchNormSharing sharing,
            OptimizerKind optimizer) {
        Recipe recipe = Jobs.recipe(2, 4 * microBatches, microBatches)
                .with(one -> one.batchNormSharing(sharing).optimizer(optimizer));
        if (sharing == BatchNormSharing.SYNCHRONISED) { // and one process has other batches, so nothing is mixed
            return job(task, folder, gentle(recipe), recomputes);
        }
        TrainingJob job = job(task, folder, recipe, recomputes);
        return task == Task.CLASSIFICATION ? Jobs.mixing(job) : job;
    }

    /** Sums of other batches round otherwise, and large steps on few images make much of it. */
    private static Recipe gentle(Recipe recipe) {
        return recipe.with(one -> one.learningRate(1e-4));
    }

    private static TrainingJob job(Task task, Path folder, Recipe recipe, boolean recomputes) {
        TrainingJob job = Jobs.of(task, folder, recipe.with(one -> one.ema(Optional.of(new MovingAverage(0.9, true)))));
        TorchOptions exact = new TorchOptions(TorchDevice.CPU, TrainingPrecision.FLOAT64, true, recomputes);
        return new TrainingJob(job.settings(), job.training(), job.validation(), exact, folder);
    }

    private static String figures(EpochSummary epoch) {
        return "epoch " + epoch.epoch() + " step " + epoch.step() + " " + epoch.validation();
    }

    private List<String> run(Path to, Task task, int microBatches, boolean recomputes, String how)
            throws IOException, InterruptedException {
        return run(to, task, microBatches, recomputes, how, BatchNormSharing.FIRST_RANK);
    }

    private List<String> run(
            Path to, Task task, int microBatches, boolean recomputes, String how, BatchNormSharing sharing)
            throws IOException, InterruptedException {
        return run(to, task, microBatches, recomputes, how, sharing, OptimizerKind.SGD);
    }

    private List<String> run(
            Path to,
            Task task,
            int microBatches,
            boolean recomputes,
            String how,
            BatchNormSharing sharing,
            OptimizerKind optimizer)
            throws IOException, InterruptedException {
        int port = freePort();
        List<Process> processes = new ArrayList<>();
        for (int rank = 0; rank < RANKS; rank++) {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RankProcess.class.getName(),
                            String.valueOf(rank),
                            String.valueOf(RANKS),
                            String.valueOf(port),
                            to.toString(),
                            task.name(),
                            String.valueOf(microBatches),
                            String.valueOf(recomputes),
                            how,
                            sharing.name(),
                            optimizer.name())
                    .redirectErrorStream(true)
                    .redirectOutput(log(rank).toFile());
            builder.environment().put("TORCH_CPP_LOG_LEVEL", "ERROR"); // as --nproc: who leaves last is warned of it
            processes.add(builder.start());
        }
        List<String> said = new ArrayList<>();
        for (int rank = 0; rank < RANKS; rank++) {
            assertThat(processes.get(rank).waitFor(3, TimeUnit.MINUTES)).isTrue();
            said.add(Files.readAllLines(log(rank)).stream()
                    .filter(line -> !line.startsWith("[Gloo]"))
                    .collect(Collectors.joining("\n")));
        }
        return said;
    }

    private Path log(int rank) {
        return folder.resolve("rank" + rank + ".log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CLASSIFICATION, 2, false",
        "CLASSIFICATION, 4, true",
        "MULTI_LABEL, 4, false",
        "MULTI_LABEL, 2, true",
        "SEGMENTATION, 2, false",
        "SEGMENTATION, 2, true"
    })
    void equalOneProcessWithAsManyMicroBatches(Task task, int microBatches, boolean recomputes) throws Exception {
        TorchThreads.set(1);
        Path one = folder.resolve("one");
        TrainingResult alone =
                Training.start(job(task, one, microBatches, recomputes), new TrainingListener() {}, new StopSignal());
        List<String> said = run(folder.resolve("two"), task, microBatches, recomputes, "start");
        String last = "epoch 2 step " + alone.epochs().get(1).step() + " ";
        assertThat(said).allSatisfy(text -> assertThat(text).contains(last));
        assertThat(said).as("all ranks know the same figures").containsOnly(said.get(0));
        assertEqual(folder.resolve("two"), one, EXACT);
    }

    /** The mean of gradients is over the micro-batches of all ranks. */
    @Test
    void withAdamWEqualOneProcessWithAsManyMicroBatches() throws Exception {
        TorchThreads.set(1);
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Training.start(
                job(Task.CLASSIFICATION, one, 2, true, BatchNormSharing.FIRST_RANK, OptimizerKind.ADAMW),
                new TrainingListener() {},
                new StopSignal());
        run(two, Task.CLASSIFICATION, 2, true, "start", BatchNormSharing.FIRST_RANK, OptimizerKind.ADAMW);
        assertEqual(two, one, EXACT);
    }

    /** One process has the images of both ranks in one micro-batch. */
    @Test
    void withSynchronisedBatchNormEqualOneProcessWithLargerMicroBatches() throws Exception {
        TorchThreads.set(1);
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        TrainingResult alone = Training.start(
                job(Task.CLASSIFICATION, one, gentle(Jobs.recipe(2, 8, 1)), false),
                new TrainingListener() {},
                new StopSignal());
        List<String> said = run(two, Task.CLASSIFICATION, 2, false, "start", BatchNormSharing.SYNCHRONISED);
        assertThat(said).allSatisfy(text -> assertThat(text)
                .contains("epoch 2 step " + alone.epochs().get(1).step() + " "));
        assertEqual(two, one, EXACT, 2);
        assertStatistics(two, one, EXACT);

        TrainingJob lessRanks = job(Task.CLASSIFICATION, two, 2, false, BatchNormSharing.SYNCHRONISED);
        assertThatThrownBy(() -> Training.resume(lessRanks, new TrainingListener() {}, new StopSignal()))
                .hasMessageContaining(
                        "has BatchNorm synchronised over 2 ranks, not 1; resume it in as many (--nproc 2)");
    }

    /** They change what is measured and saved, and nothing that is learned. */
    @Test
    void averageStatisticsAndLearnTheSame() throws Exception {
        List<String> first = run(folder.resolve("first"), Task.CLASSIFICATION, 2, false, "start");
        List<String> averaged =
                run(folder.resolve("averaged"), Task.CLASSIFICATION, 2, false, "start", BatchNormSharing.AVERAGED);
        assertEqual(folder.resolve("averaged"), folder.resolve("first"), 0);
        assertThat(averaged).containsOnly(averaged.get(0)).isNotEqualTo(first);
    }

    @Test
    void areRepeatableBitForBit() throws Exception {
        List<String> first = run(folder.resolve("first"), Task.CLASSIFICATION, 2, false, "start");
        List<String> second = run(folder.resolve("second"), Task.CLASSIFICATION, 2, false, "start");
        assertThat(second).isEqualTo(first);
        assertEqual(folder.resolve("second"), folder.resolve("first"), 0);
    }

    /** Begun by one process, ended by one and by two. */
    @Test
    void goOnWithAnotherNumberOfRanks() throws Exception {
        TorchThreads.set(1);
        StopSignal stop = new StopSignal();
        TrainingListener stopping = new TrainingListener() {
            @Override
            public void step(EpochProgress progress) {
                if (progress.update() == 2) {
                    stop.stop();
                }
            }
        };
        Path one = folder.resolve("one");
        assertThat(Training.start(job(Task.CLASSIFICATION, one, 2, false), stopping, stop)
                        .finished())
                .isFalse();
        Path two = Files.createDirectory(folder.resolve("two"));
        Files.copy(one.resolve("checkpoint.pth.tar"), two.resolve("checkpoint.pth.tar"));
        Training.resume(job(Task.CLASSIFICATION, one, 2, false), new TrainingListener() {}, new StopSignal());
        List<String> said = run(two, Task.CLASSIFICATION, 2, false, "resume");
        assertThat(said.get(0)).contains("epoch 2 ");
        assertEqual(two, one, EXACT);
    }

    @Test
    void whatCannotBeSharedEvenlyIsRefused() throws Exception {
        List<String> said = run(folder.resolve("run"), Task.CLASSIFICATION, 1, false, "start");
        assertThat(said)
                .containsOnly(
                        "an update of this run has 1 micro-batches, which 2 ranks cannot share evenly; use a number"
                                + " of ranks that divides it");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /** Parameters and momentum; BatchNorm's statistics are those of the first rank's images. */
    private static void assertEqual(Path actual, Path expected, double tolerance) {
        assertEqual(actual, expected, tolerance, 1);
    }

    /** Gradients of several micro-batches are added, and their momentum is as many times as large. */
    private static void assertEqual(Path actual, Path expected, double tolerance, int microBatches) {
        Path file = expected.resolve("checkpoint.pth.tar");
        try (TrainingCheckpoint first = TrainingCheckpoint.open(actual.resolve("checkpoint.pth.tar"));
                TrainingCheckpoint second = TrainingCheckpoint.open(file);
                Checkpoint names = Checkpoint.open(file)) {
            int momenta = 0;
            for (CheckpointTensor tensor : names.stateDict()) {
                String name = tensor.name();
                Map<String, CheckpointTensor> state = second.optimizerState(name);
                if (!state.isEmpty()) {
                    momenta++;
                    assertClose(
                            name,
                            first.tensor(name).toDoubles(),
                            second.tensor(name).toDoubles(),
                            tolerance);
                    assertClose(
                            "average of " + name,
                            first.average(name).toDoubles(),
                            second.average(name).toDoubles(),
                            tolerance);
                    state.forEach((entry, values) -> assertClose(
                            entry + " of " + name,
                            DoubleStream.of(first.optimizerState(name)
                                            .get(entry)
                                            .toDoubles())
                                    .map(value -> value / microBatches)
                                    .toArray(),
                            values.toDoubles(),
                            tolerance));
                }
            }
            assertThat(momenta).isGreaterThan(50);
        }
    }

    private static void assertStatistics(Path actual, Path expected, double tolerance) {
        Path file = expected.resolve("checkpoint.pth.tar");
        try (TrainingCheckpoint first = TrainingCheckpoint.open(actual.resolve("checkpoint.pth.tar"));
                TrainingCheckpoint second = TrainingCheckpoint.open(file);
                Checkpoint names = Checkpoint.open(file)) {
            int statistics = 0;
            for (CheckpointTensor tensor : names.stateDict()) {
                String name = tensor.name();
                if (name.contains(".running_") || name.endsWith(".num_batches_tracked")) {
                    statistics++;
                    assertClose(
                            name,
                            first.tensor(name).toDoubles(),
                            second.tensor(name).toDoubles(),
                            tolerance);
                }
            }
            assertThat(statistics).isGreaterThan(50);
        }
    }
}
