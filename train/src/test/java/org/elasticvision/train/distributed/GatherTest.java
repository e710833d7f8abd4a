package org.elasticvision.train.distributed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.metrics.ClassificationMetrics;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.metrics.MultiLabelMetrics;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.metrics.TaskMetrics;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What each rank has counted, brought together. */
class GatherTest {
    private static final int RANKS = 3;
    private static final int CLASSES = 6;
    private static final int IMAGES = 50;

    /** Ranks that are threads of this process. */
    private static final class Threads {
        private final CyclicBarrier barrier = new CyclicBarrier(RANKS);
        private final double[][] given = new double[RANKS][];

        <T> List<T> run(Function<ProcessGroup, T> work) throws Exception {
            ExecutorService pool = Executors.newFixedThreadPool(RANKS);
            try {
                List<Future<T>> results = new ArrayList<>();
                for (int rank = 0; rank < RANKS; rank++) {
                    ProcessGroup group = rank(rank);
                    results.add(pool.submit(() -> work.apply(group)));
                }
                List<T> all = new ArrayList<>();
                for (Future<T> result : results) {
                    all.add(result.get());
                }
                return all;
            } finally {
                pool.shutdownNow();
            }
        }

        private void await() {
            try {
                barrier.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private ProcessGroup rank(int rank) {
            return new ProcessGroup() {
                @Override
                public int rank() {
                    return rank;
                }

                @Override
                public int size() {
                    return RANKS;
                }

                @Override
                public double[] sum(double... values) {
                    given[rank] = values;
                    await();
                    double[] sums = new double[values.length];
                    for (double[] one : given) {
                        assertThat(one).hasSameSizeAs(values);
                        Arrays.setAll(sums, i -> sums[i] + one[i]);
                    }
                    await();
                    return sums;
                }

                @Override
                public String first(String value) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void close() {
                    // threads end by themselves
                }
            };
        }
    }

    @Test
    void ranksMayHaveDifferentNumbersOfValues() throws Exception {
        double[][] own = {{1, 2}, {}, {3, 4, 5}};
        assertThat(new Threads().run(group -> group.gather(own[group.rank()])))
                .allSatisfy(all -> assertThat(all).isDeepEqualTo(own));
    }

    /** Classes that only one rank has seen, and a rank with fewer images, included. */
    @ParameterizedTest
    @EnumSource(Task.class)
    void countsOfAllRanksAreThoseOfOne(Task task) throws Exception {
        TaskMetrics<?, ?> alone = metrics(task, 0, 1);
        List<Measures> merged = new Threads().run(group -> {
            TaskMetrics<?, ?> own = metrics(task, group.rank(), RANKS);
            double[][] totals = group.gather(own.totals());
            for (int rank = 0; rank < RANKS; rank++) {
                if (rank != group.rank()) {
                    own.merge(totals[rank]);
                }
            }
            return own.result();
        });
        assertThat(merged).allSatisfy(measures -> assertThat(measures)
                .usingRecursiveComparison()
                .withEqualsForType((one, other) -> Math.abs(one - other) <= 1e-12 * Math.abs(other), Double.class)
                .isEqualTo(alone.result()));
        assertThat(Stream.of(alone.result()).map(Measures::images)).containsExactly((long) IMAGES);
    }

    private static TaskMetrics<?, ?> metrics(Task task, int first, int each) {
        ClassificationMetrics classification = new ClassificationMetrics();
        MultiLabelMetrics labelSets = new MultiLabelMetrics(CLASSES);
        SegmentationMetrics segmentation = new SegmentationMetrics(CLASSES);
        for (int i = first; i < IMAGES; i += each) {
            Random random = new Random(i);
            float[] logits = new float[CLASSES];
            boolean[] present = new boolean[CLASSES];
            byte[] answered = new byte[CLASSES];
            byte[] mask = new byte[CLASSES];
            for (int c = 0; c < CLASSES; c++) {
                logits[c] = (float) random.nextGaussian();
                present[c] = random.nextBoolean();
                answered[c] = (byte) random.nextInt(CLASSES);
                mask[c] = (byte) random.nextInt(CLASSES);
            }
            classification.add(logits, random.nextInt(CLASSES));
            labelSets.add(logits, MultiLabelTarget.ofUnknownSizes(present));
            segmentation.add(answered, mask);
        }
        return switch (task) {
            case CLASSIFICATION -> classification;
            case MULTI_LABEL -> labelSets;
            case SEGMENTATION -> segmentation;
        };
    }
}
