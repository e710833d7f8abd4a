package org.elasticvision.train.data.loading;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoaderTest {
    private final List<String> reports = new ArrayList<>();

    private static LoaderOptions training(int batch, int threads) {
        return LoaderOptions.training(Task.CLASSIFICATION, batch, threads, 42);
    }

    private Loader loader(TrainingData data, LoaderOptions options) {
        return new Loader(data, options, reports::add);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void theNumberOfThreadsChangesNothing(int threads) {
        try (Loader one = loader(new DrawnData(103), training(10, 1));
                Loader many = loader(new DrawnData(103), training(10, threads))) {
            for (int epoch = 0; epoch < 3; epoch++) {
                List<Batches.Copy> expected = Batches.all(one.epoch(epoch));
                assertThat(expected).hasSize(10);
                assertThat(Batches.all(many.epoch(epoch))).isEqualTo(expected);
            }
        }
    }

    @Test
    void countsWhatDoesNotFillTheLastUpdate() {
        LoaderOptions whole = training(16, 1);
        assertThat(whole.leftOut(40, 1)).isEqualTo(8);
        assertThat(whole.leftOut(48, 1)).isZero();
        assertThat(whole.leftOut(48, 2)).isEqualTo(16);
        LoaderOptions all = LoaderOptions.training(Task.SEGMENTATION, 16, 1, 42);
        assertThat(all.leftOut(40, 1)).isZero();
        assertThat(all.leftOut(40, 2)).isEqualTo(8);
        assertThat(all.leftOut(40, 3)).isZero();
    }

    @Test
    void everyEpochIsAnotherAndEverySeedToo() {
        LoaderOptions options = training(10, 2);
        LoaderOptions otherSeed = LoaderOptions.training(Task.CLASSIFICATION, 10, 2, 43);
        try (Loader loader = loader(new DrawnData(100), options);
                Loader other = loader(new DrawnData(100), otherSeed)) {
            List<Batches.Copy> first = Batches.all(loader.epoch(0));
            assertThat(Batches.all(loader.epoch(1))).isNotEqualTo(first);
            assertThat(Batches.all(other.epoch(0))).isNotEqualTo(first);
            assertThat(Batches.all(loader.epoch(0))).isEqualTo(first);
        }
    }

    @Test
    void goesOnInTheMiddleWithoutLoadingWhatWasBefore() {
        DrawnData data = new DrawnData(100);
        List<Batches.Copy> whole;
        try (Loader loader = loader(new DrawnData(100), training(10, 2))) {
            whole = Batches.all(loader.epoch(4));
        }
        try (Loader loader = loader(data, training(10, 2))) {
            Epoch epoch = loader.epoch(4, 7);
            assertThat(epoch.position()).isEqualTo(7);
            assertThat(Batches.all(epoch)).isEqualTo(whole.subList(7, 10));
            assertThat(epoch.position()).isEqualTo(10);
            assertThat(data.loaded).hasValue(30);
            assertThat(Batches.all(loader.epoch(4, 10))).isEmpty();
        }
    }

    @Test
    void trainingHasEveryImageAtMostOnceAndDropsTheLastFew() {
        try (Loader loader = loader(new DrawnData(103), training(10, 3))) {
            Set<Integer> seen = new HashSet<>();
            for (Batches.Copy batch : Batches.all(loader.epoch(0))) {
                assertThat(batch.labels()).hasSize(10).allMatch(seen::add);
                for (int i = 0; i < 10; i++) { // image and label belong together
                    assertThat(batch.images().get(i * DrawnData.VALUES))
                            .isEqualTo((float) batch.labels().get(i));
                }
            }
            assertThat(seen).hasSize(100);
        }
    }

    @Test
    void segmentationKeepsTheLastFew() {
        LoaderOptions options = LoaderOptions.training(Task.SEGMENTATION, 10, 3, 1);
        try (Loader loader = loader(new DrawnData(103), options)) {
            assertThat(loader.batches()).isEqualTo(11);
            assertThat(Batches.all(loader.epoch(0)).get(10).labels()).hasSize(3);
        }
    }

    @Test
    void validationHasAllInOrder() {
        try (Loader loader = loader(new DrawnData(23), LoaderOptions.validation(10, 3))) {
            assertThat(loader.batches()).isEqualTo(3);
            List<Integer> seen = Batches.all(loader.epoch(0)).stream()
                    .flatMap(batch -> batch.labels().stream())
                    .toList();
            assertThat(seen).isEqualTo(IntStream.range(0, 23).boxed().toList());
        }
    }

    @Test
    void aSmallSetIsOneBatch() {
        try (Loader loader = loader(new DrawnData(3), LoaderOptions.validation(1000, 4))) {
            assertThat(Batches.all(loader.epoch(0)).get(0).labels()).containsExactly(0, 1, 2);
        }
        assertThatThrownBy(() -> loader(new DrawnData(3), training(4, 1)))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("has 3 images, too few for a batch of 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theFirstBadImageEndsIt(int threads) {
        try (Loader loader = loader(new DrawnData(100, 37, 33, 71), LoaderOptions.validation(10, threads))) {
            Epoch epoch = loader.epoch(0);
            for (int i = 0; i < 3; i++) {
                assertThat(epoch.next().size()).isEqualTo(10);
            }
            assertThatThrownBy(epoch::next)
                    .isInstanceOf(DatasetException.class)
                    .hasMessage("example 33 is damaged (or leave such images out with --skip-bad)")
                    .hasCauseInstanceOf(ImageException.class);
            assertThatIllegalStateException().isThrownBy(epoch::next).withMessage("the epoch is closed");
        }
        assertThat(reports).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void badImagesAreLeftOutAndReportedOnce(int threads) {
        LoaderOptions options = LoaderOptions.validation(10, threads).withSkipBad(true);
        try (Loader loader = loader(new DrawnData(30, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 29), options)) {
            Epoch epoch = loader.epoch(0);
            List<Batches.Copy> left = Batches.all(epoch);
            assertThat(left.stream().map(Batches.Copy::labels))
                    .containsExactly(List.of(0, 1, 2, 3, 4, 6, 7, 8, 9), List.of(20, 21, 22, 23, 24, 25, 26, 27, 28));
            for (int i = 0; i < 9; i++) {
                assertThat(left.get(0).images().get(i * DrawnData.VALUES))
                        .isEqualTo((float) left.get(0).labels().get(i));
            }
            assertThat(epoch.position()).isEqualTo(3);
            assertThat(Batches.all(loader.epoch(1))).hasSize(2);
            assertThat(loader.skipped()).isEqualTo(12);
        }
        assertThat(reports).hasSize(12).startsWith("skipped: example 5 is damaged", "skipped: example 10 is damaged");
    }

    @Test
    void aDefectIsNoBadImage() {
        TrainingData broken = new Failing(new IllegalArgumentException("a defect"));
        try (Loader loader = loader(broken, LoaderOptions.validation(2, 2).withSkipBad(true))) {
            Epoch epoch = loader.epoch(0);
            assertThatIllegalStateException()
                    .isThrownBy(epoch::next)
                    .withMessage("loading example 0 failed: java.lang.IllegalArgumentException: a defect")
                    .withCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void lackOfMemoryIsNoBadImage() {
        TrainingData broken = new Failing(new ImageException("example 0: not enough memory", new OutOfMemoryError()));
        try (Loader loader = loader(broken, LoaderOptions.validation(2, 2).withSkipBad(true))) {
            Epoch epoch = loader.epoch(0);
            assertThatThrownBy(epoch::next)
                    .isInstanceOf(ElasticVisionException.class)
                    .hasMessage("example 0: not enough memory");
        }
        TrainingData dead = new Failing(new OutOfMemoryError("heap"));
        try (Loader loader = loader(dead, LoaderOptions.validation(2, 2).withSkipBad(true))) {
            Epoch epoch = loader.epoch(0);
            assertThatIllegalStateException().isThrownBy(epoch::next).withCauseInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void memoryIsTakenOnce() {
        LoaderOptions options = new LoaderOptions(10, 3, 2, true, true, false, 1);
        Set<Long> addresses = new HashSet<>();
        try (Loader loader = loader(new DrawnData(200), options)) {
            for (int i = 0; i < 3; i++) {
                Epoch epoch = loader.epoch(i);
                for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
                    assertThat(batch.images().isDirect()).isTrue();
                    addresses.add(address(batch.images()));
                }
            }
        }
        assertThat(addresses).hasSize(3);
    }

    private static long address(FloatBuffer buffer) {
        return new org.bytedeco.javacpp.FloatPointer(buffer).address();
    }

    @Test
    void refusesBatchesThatNoMemoryHolds() {
        LoaderOptions options = LoaderOptions.validation(100_000_000, 1);
        try (Loader loader = loader(new DrawnData(100_000_000), options)) {
            assertThatThrownBy(() -> loader.epoch(0))
                    .isInstanceOf(ElasticVisionException.class)
                    .hasMessageContaining("takes more than 2 GiB; use a smaller --batch");
        }
    }

    @Test
    void refusesPlacesThatDoNotExist() {
        try (Loader loader = loader(new DrawnData(20), training(10, 1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> loader.epoch(0, 3));
            assertThatIllegalArgumentException().isThrownBy(() -> loader.epoch(-1));
        }
        assertThatThrownBy(() -> training(0, 1))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("the batch size is 0; it must be at least 1");
    }

    /** Fails in a given way. */
    private record Failing(Throwable failure) implements TrainingData {
        @Override
        public int size() {
            return 4;
        }

        @Override
        public String name(int index) {
            return "example " + index;
        }

        @Override
        public int height() {
            return 1;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public Target load(int index, java.util.random.RandomGenerator random, FloatBuffer images, int offset) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
    }
}
