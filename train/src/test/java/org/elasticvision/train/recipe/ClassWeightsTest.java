package org.elasticvision.train.recipe;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClassWeightsTest {
    /** Images of these classes, of which nothing else is asked. */
    private record Kinds(List<Integer> kinds) implements TrainingData {
        Kinds(Integer... kinds) {
            this(List.of(kinds));
        }

        @Override
        public int size() {
            return kinds.size();
        }

        @Override
        public String name(int index) {
            return "image " + index;
        }

        @Override
        public int kind(int index) {
            return kinds.get(index);
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
            throw new UnsupportedOperationException("nothing is loaded");
        }
    }

    /** {@code compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 1, 2, 2])} is 2/3, 2, 1. */
    @Test
    void balancedIsScikitLearns() {
        assertThat(ClassWeights.BALANCED.of(new Kinds(0, 0, 0, 1, 2, 2), 3)).containsExactly(6 / 9.0, 6 / 3.0, 6 / 6.0);
        assertThat(ClassWeights.NONE.of(new Kinds(0, 0, 0, 1), 2)).isEmpty();
    }

    @Test
    void aClassWithoutImagesIsNotCounted() {
        assertThat(ClassWeights.BALANCED.of(new Kinds(0, 0, 0, 2), 3)).containsExactly(4 / 6.0, 0.0, 4 / 2.0);
    }
}
