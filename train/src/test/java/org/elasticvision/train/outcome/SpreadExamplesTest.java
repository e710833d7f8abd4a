package org.elasticvision.train.outcome;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpreadExamplesTest {
    private static final int WANTED = 24;

    /** Examples in the order of their kinds, as folders per class have them. */
    private record Kinds(List<Integer> counts) implements TrainingData {
        private static Kinds of(Integer... counts) {
            return new Kinds(List.of(counts));
        }

        @Override
        public int size() {
            return counts.stream().mapToInt(Integer::intValue).sum();
        }

        @Override
        public int kind(int index) {
            int kind = 0;
            for (int before = counts.get(0); index >= before; before += counts.get(kind)) {
                kind++;
            }
            return kind;
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
        public Target load(int index, RandomGenerator random, FloatBuffer images, int offset) {
            throw new AssertionError("nothing is loaded here");
        }
    }

    private static long[] shown(TrainingData data) {
        List<Integer> chosen = SpreadExamples.of(data, WANTED);
        assertThat(chosen).isSorted().doesNotHaveDuplicates().allMatch(i -> i >= 0 && i < data.size());
        int kinds = IntStream.range(0, data.size()).map(data::kind).max().orElse(0) + 1;
        return IntStream.range(0, kinds)
                .mapToLong(kind ->
                        chosen.stream().filter(i -> data.kind(i) == kind).count())
                .toArray();
    }

    @Test
    void allClassesAreShownAlike() {
        assertThat(shown(Kinds.of(12, 12, 12))).containsExactly(8, 8, 8);
        assertThat(shown(Kinds.of(1000, 3, 500))).containsExactly(11, 3, 10);
        assertThat(shown(Kinds.of(1000, 1, 1, 1))).containsExactly(21, 1, 1, 1);
    }

    @Test
    void fewAreAllShown() {
        assertThat(SpreadExamples.of(Kinds.of(2, 1), WANTED)).containsExactly(0, 1, 2);
        assertThat(SpreadExamples.of(Kinds.of(0), WANTED)).isEmpty();
    }

    @Test
    void ofManyClassesOneOfEverySoMany() {
        Kinds counts = new Kinds(Collections.nCopies(100, 5));
        assertThat(SpreadExamples.of(counts, WANTED))
                .hasSize(WANTED)
                .startsWith(12)
                .endsWith(487);
    }

    @Test
    void ofOneKindTheyAreSpreadOverAll() {
        assertThat(SpreadExamples.of(Kinds.of(36), 6)).containsExactly(3, 9, 15, 21, 27, 33);
    }
}
