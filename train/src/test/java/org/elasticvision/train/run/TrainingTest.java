package org.elasticvision.train.run;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;
import org.elasticvision.train.outcome.ModelExport;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.Scores;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.MovingAverage;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.device.TorchThreads;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrainingTest {
    private static final TrainingListener NOBODY = new TrainingListener() {};

    @TempDir
    private Path folder;

    private final int threads = TorchThreads.get();

    @AfterEach
    void restoreThreads() {
        TorchThreads.set(threads);
    }

    /** A loop that does not learn gets three of four wrong, or names all classes or none. */
    @ParameterizedTest
    @EnumSource(Task.class)
    void learns(Task task) {
        TrainingJob job = Jobs.of(task, folder, Jobs.learning(task));
        TrainingResult result = Training.start(job, NOBODY, new StopSignal());
        assertThat(result.finished()).isTrue();
        assertThat(result.epochs()).hasSize(12);
        assertThat(result.bestError()).isLessThan(20);
        ModelExport.Export export =
                ModelExport.export(result.best(), folder.resolve("model.onnx"), job.validation(), 16);
        assertThat(export.images()).isEqualTo(16);
        assertThat(export.agrees()).as("error %s", export.relativeError()).isTrue();
        assertThat(export.sameAnswers()).isGreaterThan(0.99);
        assertThat(export.info().task()).isEqualTo(task);
        assertThat(export.info().labels()).hasSize(Jobs.CLASSES);
    }

    /** After so many updates the run is stopped and resumed: within an epoch, at its end, with batches in parts, in float64. */
    @ParameterizedTest
    @CsvSource({
        "2, 8, 1, FLOAT32, SGD",
        "6, 8, 1, FLOAT32, SGD",
        "9, 8, 1, FLOAT32, SGD",
        "3, 8, 2, FLOAT32, ADAMW",
        "2, 8, 1, FLOAT64, SGD"
    })
    void goesOnAsIfItHadNotBeenStopped(
            int stopAfter, int batch, int accumulate, TrainingPrecision precision, OptimizerKind optimizer) {
        TorchThreads.set(1);
        TrainingJob whole = job(folder.resolve("whole"), batch, accumulate, precision, optimizer);
        TrainingJob parts = job(folder.resolve("parts"), batch, accumulate, precision, optimizer);
        List<EpochSummary> expected =
                Training.start(whole, NOBODY, new StopSignal()).epochs();

        StopSignal stop = new StopSignal();
        TrainingListener stopping = new TrainingListener() {
            private int updates;

            @Override
            public void step(EpochProgress progress) {
                if (++updates == stopAfter) {
                    stop.stop();
                }
            }
        };
        TrainingResult stopped = Training.start(parts, stopping, stop);
        assertThat(stopped.finished()).isFalse();
        TrainingResult resumed = Training.resume(parts, NOBODY, new StopSignal());

        assertThat(resumed.finished()).isTrue();
        List<EpochSummary> actual = new ArrayList<>(stopped.epochs());
        actual.addAll(resumed.epochs());
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).training().loss())
                    .isEqualTo(expected.get(i).training().loss());
            assertThat(actual.get(i).validation()).isEqualTo(expected.get(i).validation());
            assertThat(actual.get(i).step()).isEqualTo(expected.get(i).step());
        }
        assertSameTensors(resumed.last(), folder.resolve("whole/checkpoint.pth.tar"));
    }

    @Test
    void theMovingAverageGoesOnAsIfTheRunHadNotBeenStopped() {
        TorchThreads.set(1);
        Recipe recipe = Jobs.recipe(2, 8, 1).with(with -> with.ema(Optional.of(new MovingAverage(0.9, true))));
        TrainingJob whole = Jobs.of(Task.CLASSIFICATION, folder.resolve("whole"), recipe);
        TrainingJob parts = Jobs.of(Task.CLASSIFICATION, folder.resolve("parts"), recipe);
        TrainingResult expected = Training.start(whole, NOBODY, new StopSignal());
        StopSignal stop = new StopSignal();
        TrainingListener stopping = new TrainingListener() {
            @Override
            public void step(EpochProgress progress) {
                if (progress.step() == 8) {
                    stop.stop();
                }
            }
        };
        Training.start(parts, stopping, stop);
        TrainingResult resumed = Training.resume(parts, NOBODY, new StopSignal());
        assertThat(resumed.epochs().get(0).validation())
                .isEqualTo(expected.epochs().get(1).validation());
        assertThat(resumed.epochs().get(0).validation().averaged()).isTrue();
        assertSameTensors(resumed.last(), expected.last());
        try (TrainingCheckpoint actual = TrainingCheckpoint.open(resumed.last());
                TrainingCheckpoint wanted = TrainingCheckpoint.open(expected.last());
                Checkpoint file = Checkpoint.open(expected.last())) {
            assertThat(file.entries()).containsKeys("state_dict", "state_dict_ema");
            for (CheckpointTensor tensor : file.stateDict()) {
                assertThat(actual.average(tensor.name()).toFloats())
                        .as(tensor.name())
                        .isEqualTo(wanted.average(tensor.name()).toFloats());
            }
            assertThat(wanted.average("conv1.weight").toFloats())
                    .isNotEqualTo(wanted.tensor("conv1.weight").toFloats());
        }
        TrainingJob without = Jobs.of(Task.CLASSIFICATION, folder.resolve("parts"), Jobs.recipe(3, 8, 1));
        assertThatThrownBy(() -> Training.resume(without, NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("its run has --ema 0.9 with warm-up, which cannot become none on the way");
        TrainingJob adamW = Jobs.of(
                Task.CLASSIFICATION, folder.resolve("parts"), recipe.with(with -> with.optimizer(OptimizerKind.ADAMW)
                        .epochs(3)));
        assertThatThrownBy(() -> Training.resume(adamW, NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("its run has --optimizer sgd, which cannot become adamw on the way");
    }

    private static TrainingJob job(
            Path folder, int batch, int accumulate, TrainingPrecision precision, OptimizerKind optimizer) {
        Recipe recipe = Jobs.recipe(2, batch, accumulate).with(one -> one.optimizer(optimizer));
        TrainingJob job = Jobs.of(Task.CLASSIFICATION, folder, recipe);
        return new TrainingJob(
                job.settings(), job.training(), job.validation(), job.torch().withPrecision(precision), folder);
    }

    static void assertSameTensors(Path actual, Path expected) {
        try (TrainingCheckpoint first = TrainingCheckpoint.open(actual);
                TrainingCheckpoint second = TrainingCheckpoint.open(expected);
                Checkpoint names = Checkpoint.open(expected)) {
            assertThat(first.summary().epoch()).isEqualTo(second.summary().epoch());
            int momenta = 0;
            for (CheckpointTensor tensor : names.stateDict()) {
                assertThat(first.tensor(tensor.name()).toDoubles())
                        .as(tensor.name())
                        .isEqualTo(second.tensor(tensor.name()).toDoubles());
                Map<String, CheckpointTensor> state = second.optimizerState(tensor.name());
                assertThat(first.optimizerState(tensor.name())).hasSameSizeAs(state);
                state.forEach((entry, values) -> assertThat(
                                first.optimizerState(tensor.name()).get(entry).toDoubles())
                        .as("%s of %s", entry, tensor.name())
                        .isEqualTo(values.toDoubles()));
                momenta += state.size();
            }
            assertThat(momenta).isGreaterThan(50);
        }
    }

    @Test
    void theNumberOfLoaderThreadsChangesNothing() {
        TorchThreads.set(1);
        TrainingJob job = Jobs.of(Task.CLASSIFICATION, folder.resolve("two"), Jobs.recipe(1, 8, 1));
        TrainingJob same = Jobs.of(Task.CLASSIFICATION, folder.resolve("five"), Jobs.recipe(1, 8, 1));
        TrainingJob other = Jobs.with(same, same.validation(), new RunSettings.Loading(OptionalInt.of(5), false));
        assertThat(Training.start(other, NOBODY, new StopSignal())
                        .epochs()
                        .get(0)
                        .training()
                        .loss())
                .isEqualTo(Training.start(job, NOBODY, new StopSignal())
                        .epochs()
                        .get(0)
                        .training()
                        .loss());
    }

    @Test
    void keepsTheLastGoodCheckpointWhenTheLossIsNoNumber() throws Exception {
        Training.start(Jobs.of(Task.CLASSIFICATION, folder, Jobs.recipe(1, 8, 1)), NOBODY, new StopSignal());
        byte[] before = Files.readAllBytes(folder.resolve("checkpoint.pth.tar"));
        Recipe wild =
                Jobs.recipe(4, 8, 1).with(recipe -> recipe.learningRate(1e30).weightDecay(0));
        TrainingJob job = Jobs.of(Task.CLASSIFICATION, folder, wild);
        assertThatThrownBy(() -> Training.resume(job, NOBODY, new StopSignal()))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("--lr");
        assertThat(Files.readAllBytes(folder.resolve("checkpoint.pth.tar"))).isEqualTo(before);
    }

    @Test
    void refusesWhatIsNotThisRuns() {
        Training.start(Jobs.of(Task.CLASSIFICATION, folder, Jobs.recipe(1, 8, 1)), NOBODY, new StopSignal());
        TrainingJob other = Jobs.of(Task.MULTI_LABEL, folder, Jobs.recipe(1, 8, 1));
        assertThatThrownBy(() -> Training.resume(other, NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("--init-from");
    }

    @Test
    void refusesToGoOnWithOtherImages() {
        TrainingJob job = Jobs.of(Task.CLASSIFICATION, folder, Jobs.recipe(1, 8, 1));
        Training.start(job, NOBODY, new StopSignal());
        TrainingJob fewer = Jobs.with(job, new Jobs.Squares(Task.CLASSIFICATION, 40));
        assertThatThrownBy(() -> Training.resume(fewer, NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("48 then, 40 now");
        TrainingJob renamed = Jobs.with(job, new Jobs.Squares(Task.CLASSIFICATION, 48) {
            @Override
            public String name(int index) {
                return "other " + index;
            }
        });
        assertThatThrownBy(() -> Training.resume(renamed, NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("of other names");
        TrainingJob moved = Jobs.with(job, new Jobs.Squares(Task.CLASSIFICATION, 48) {
            @Override
            public String name(int index) {
                return "/elsewhere/" + super.name(index);
            }
        });
        assertThat(Training.resume(moved, NOBODY, new StopSignal()).finished()).isTrue();
    }

    private static TrainingJob skippingBad(TrainingJob job, TrainingData validation) {
        return Jobs.with(job, validation, new RunSettings.Loading(OptionalInt.of(2), true));
    }

    private static final class Unreadable extends Jobs.Squares {
        private final IntPredicate readable;

        Unreadable(int size) {
            this(Task.CLASSIFICATION, size, index -> false);
        }

        Unreadable(Task task, int size, IntPredicate readable) {
            super(task, size);
            this.readable = readable;
        }

        @Override
        public int kind(int index) {
            return index % Jobs.CLASSES;
        }

        @Override
        public Target load(int index, RandomGenerator random, FloatBuffer images, int offset) {
            if (readable.test(index)) {
                return super.load(index, random, images, offset);
            }
            throw new ImageException(name(index) + ": damaged");
        }
    }

    /** What is left must be enough for a batch, and of several classes where all of it would have been. */
    @Test
    void whatIsLeftOfBadImagesMustBeWorthLearning() {
        TrainingJob masks = Jobs.of(Task.SEGMENTATION, folder, Jobs.recipe(1, 8, 1));
        TrainingData oneImage = new Unreadable(Task.SEGMENTATION, 16, index -> index == 3);
        TrainingJob few = skippingBad(Jobs.with(masks, oneImage), masks.validation());
        assertThatThrownBy(() -> Training.start(few, NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("only 1 of the 16 training images can be used, too few for a batch, which takes two or"
                        + " more; mend the others, or use a larger --batch");
        TrainingJob job = Jobs.of(Task.CLASSIFICATION, folder, Jobs.recipe(1, 8, 1));
        TrainingData ones = new Unreadable(Task.CLASSIFICATION, 64, index -> index % Jobs.CLASSES == 1);
        TrainingJob oneClass = skippingBad(Jobs.with(job, ones), job.validation());
        assertThatThrownBy(() -> Training.start(oneClass, NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith("the training images that can be used are all of one class")
                .hasMessageContaining("48 were skipped, the first because square ");
    }

    /** An error of nothing would be 0 %. */
    @Test
    void nothingReadableIsNoResult() {
        TrainingJob job = Jobs.of(Task.CLASSIFICATION, folder, Jobs.recipe(1, 8, 1));
        TrainingJob nothing = skippingBad(Jobs.with(job, new Unreadable(16)), job.validation());
        assertThatThrownBy(() -> Training.start(nothing, NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith("none of the 16 training images can be used, the first because square ")
                .hasMessageEndingWith(": damaged");
        assertThatThrownBy(() -> Training.start(skippingBad(job, new Unreadable(9)), NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageStartingWith("none of the 9 validation images can be used, the first because square 0");
    }

    /** Images with one class's pixels in the first of them and void in all others. */
    private static final class VoidMasks extends Jobs.Squares {
        private final int seen;

        VoidMasks(int size, int seen) {
            super(Task.SEGMENTATION, size);
            this.seen = seen;
        }

        @Override
        public Target load(int index, RandomGenerator random, FloatBuffer images, int offset) {
            Target.Masks masks = (Target.Masks) super.load(index, random, images, offset);
            if (index >= seen) {
                Arrays.fill(masks.pixels(), (byte) Target.Masks.VOID);
            }
            return masks;
        }
    }

    /** The mean loss of a batch of void pixels is not a number. */
    @Test
    void batchesOfVoidPixelsAddNothing() {
        TrainingJob job = Jobs.of(Task.SEGMENTATION, folder, Jobs.recipe(1, 8, 1));
        TrainingJob sparse = skippingBad(Jobs.with(job, new VoidMasks(24, 1)), new VoidMasks(24, 8));
        Scores scores =
                Training.start(sparse, NOBODY, new StopSignal()).epochs().get(0).validation();
        assertThat(scores.loss()).isFinite().isPositive();
        Scores seen = Training.start(skippingBad(sparse, new VoidMasks(8, 8)), NOBODY, new StopSignal())
                .epochs()
                .get(0)
                .validation();
        assertThat(scores.loss()).isEqualTo(seen.loss());
        // All but the number of images, of which some have nothing to count.
        assertThat(scores.measures())
                .usingRecursiveComparison()
                .ignoringFields("images")
                .isEqualTo(seen.measures());
        assertThatThrownBy(() -> Training.start(skippingBad(sparse, new VoidMasks(8, 0)), NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("none of the 8 validation images has a pixel that is not void");
    }

    /** The head of a segmentation network has one value per image and channel, of which BatchNorm cannot learn. */
    @Test
    void aLastBatchOfOneImageIsLeftOutWhereBatchNormNeedsMore() {
        TrainingJob job = Jobs.with(
                Jobs.of(Task.SEGMENTATION, folder, Jobs.recipe(1, 8, 1)), new Jobs.Squares(Task.SEGMENTATION, 17));
        TrainingResult result = Training.start(job, NOBODY, new StopSignal());
        assertThat(result.finished()).isTrue();
        assertThat(result.epochs().get(0).training().loss()).isFinite();
    }

    @Test
    void refusesBatchesThatTheDataCannotFill() {
        TrainingJob job = Jobs.of(Task.CLASSIFICATION, folder, Jobs.recipe(1, 64, 1));
        assertThatThrownBy(() -> Training.start(job, NOBODY, new StopSignal()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("--batch");
    }
}
