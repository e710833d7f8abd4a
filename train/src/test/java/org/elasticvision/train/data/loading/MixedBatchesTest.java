package org.elasticvision.train.data.loading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Pictures;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.mixing.BatchMixing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Batches whose images are mixed depend on seed, epoch and number alone. */
class MixedBatchesTest {
    private static final int SIZE = 64;
    private static final int BATCH = 8;

    private record Mixed(List<Float> probabilities, List<Float> images) {}

    private static LoaderOptions options(int threads) {
        return LoaderOptions.training(Task.CLASSIFICATION, BATCH, threads, 42)
                .withMixing(Optional.of(new BatchMixing(0.4, 1, SIZE)));
    }

    private static Loader loader(LoaderOptions options, Integer... bad) {
        return new Loader(new DrawnData(SIZE, bad), options, report -> {});
    }

    private static List<Mixed> all(Epoch epoch) {
        List<Mixed> mixed = new ArrayList<>();
        for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
            float[] probabilities = ((Target.ClassProbabilities) batch.target()).values();
            mixed.add(new Mixed(Batches.list(probabilities), Batches.list(Pictures.floats(batch.images()))));
        }
        return mixed;
    }

    private static List<Mixed> epoch(int number) {
        try (Loader loader = loader(options(1))) {
            return all(loader.epoch(number));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void theNumberOfThreadsChangesNothing(int threads) {
        try (Loader many = loader(options(threads))) {
            for (int number = 0; number < 3; number++) {
                assertThat(all(many.epoch(number))).isEqualTo(epoch(number)).hasSize(SIZE / BATCH);
            }
        }
    }

    @Test
    void anEpochGoesOnInItsMiddle() {
        List<Mixed> whole = epoch(2);
        try (Loader loader = loader(options(3))) {
            assertThat(all(loader.epoch(2, 5))).isEqualTo(whole.subList(5, 8));
        }
    }

    /** Each rank mixes its own batches, and they are those that one process has. */
    @Test
    void sharesAreMixedAsTheWhole() {
        List<Mixed> whole = epoch(1);
        for (int rank = 0; rank < 2; rank++) {
            try (Loader loader = loader(options(2).withShare(new Share(rank, 2)))) {
                List<Mixed> own = all(loader.epoch(1));
                assertThat(own).hasSize(4);
                for (int i = 0; i < own.size(); i++) {
                    assertThat(own.get(i)).isEqualTo(whole.get(2 * i + rank));
                }
            }
        }
    }

    /** The first value of an image is its class, and so is what its probabilities say it is mixed of. */
    @Test
    void bothAreMixedAlikeWithTheImageBefore() {
        try (Loader mixing = loader(options(2));
                Loader plain = loader(options(2).withMixing(Optional.empty()))) {
            List<Mixed> mixed = all(mixing.epoch(0));
            List<Batches.Copy> whole = Batches.all(plain.epoch(0));
            assertThat(Batches.all(mixing.unmixedEpoch(0))).isEqualTo(whole);
            for (int number = 0; number < mixed.size(); number++) {
                List<Integer> labels = whole.get(number).labels();
                for (int i = 0; i < BATCH; i++) {
                    int own = labels.get(i);
                    int other = labels.get((i + BATCH - 1) % BATCH);
                    List<Float> probabilities =
                            mixed.get(number).probabilities().subList(i * SIZE, (i + 1) * SIZE);
                    assertThat(probabilities.get(own) + probabilities.get(other))
                            .isBetween(0.99999f, 1.00001f);
                    assertThat(probabilities.stream().filter(one -> one > 0)).hasSizeLessThanOrEqualTo(2);
                }
            }
        }
    }

    /** Images that cannot be used are left out first, so that their neighbours are mixed with each other. */
    @Test
    void badImagesAreNotMixedIn() {
        int[] order = new RandomStreams(42).order(0, SIZE);
        try (Loader loader = loader(options(3).withSkipBad(true), order[0], order[3], order[4])) {
            Mixed first = all(loader.epoch(0)).get(0);
            assertThat(first.probabilities()).hasSize(5 * SIZE);
            for (int bad : new int[] {order[0], order[3], order[4]}) {
                for (int i = 0; i < 5; i++) {
                    assertThat(first.probabilities().get(i * SIZE + bad)).isZero();
                }
            }
            int row = 2; // order[5], behind order[2]
            float own = first.probabilities().get(row * SIZE + order[5]);
            float other = first.probabilities().get(row * SIZE + order[2]);
            assertThat(own + other).isBetween(0.99999f, 1.00001f);
        }
    }

    /** A share keeps its place where all its examples are bad: nothing to mix. */
    @Test
    void aBatchOfBadImagesIsEmpty() {
        int[] order = new RandomStreams(42).order(0, SIZE);
        Integer[] bad = Arrays.stream(order, 0, BATCH).boxed().toArray(Integer[]::new);
        try (Loader loader = loader(options(2).withSkipBad(true).withShare(new Share(0, 2)), bad)) {
            Epoch epoch = loader.epoch(0);
            assertThat(epoch.next().size()).isZero();
            assertThat(epoch.next().target()).isInstanceOf(Target.ClassProbabilities.class);
        }
    }
}
