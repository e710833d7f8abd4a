package org.elasticvision.train.data.mixing;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Pictures;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.transform.Augmentation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class BatchMixingTest {
    private static final int SIDE = 8;
    private static final int LENGTH = 3 * SIDE * SIDE;

    /** Two images: all values of the first are 0, of the second 1. */
    private static Batch twoImages() {
        FloatBuffer images = Pictures.buffer(2 * LENGTH);
        for (int i = 0; i < 2 * LENGTH; i++) {
            images.put(i, i < LENGTH ? 0 : 1);
        }
        return new Batch(images, SIDE, SIDE, new Target.Classes(new int[] {0, 1}));
    }

    private static float[] values(Batch batch) {
        return ((Target.ClassProbabilities) batch.target()).values();
    }

    @Test
    void augmentationsSayWhatIsMixed() {
        Augmentation none = Augmentation.published();
        assertThat(BatchMixing.of(none, 3)).isEmpty();
        assertThat(BatchMixing.of(none.withMixUp(0.2), 3)).isEqualTo(Optional.of(new BatchMixing(0.2, 0, 3)));
        assertThat(BatchMixing.of(none.withCutMix(1), 3)).isEqualTo(Optional.of(new BatchMixing(0, 1, 3)));
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchMixing(0, 0, 3));
    }

    /** In a MixUp all values of an image are the share of the other one, in a CutMix each is of one or the other. */
    @Test
    void ofBothEachBatchHasOneAtRandom() {
        int mixUps = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Batch batch = new BatchMixing(1, 1, 2).mix(twoImages(), new SplittableRandom(seed));
            float[] images = Pictures.floats(batch.images());
            int ones = 0;
            for (int i = 0; i < LENGTH; i++) {
                ones += images[i] == 1 ? 1 : 0;
            }
            float[] shares = values(batch);
            assertThat(shares[0] + shares[1]).isEqualTo(1, within(1e-6f));
            assertThat(shares).containsExactly(shares[0], shares[1], shares[1], shares[0]);
            if (images[0] > 0 && images[0] < 1) {
                mixUps++;
                assertThat(images).startsWith(shares[1], shares[1]);
            } else {
                assertThat((float) ones / LENGTH).isEqualTo(shares[1], within(1e-6f));
            }
        }
        assertThat(mixUps).isBetween(450, 550);
    }

    @Test
    void oneAloneIsEachBatchs() {
        for (int seed = 0; seed < 50; seed++) {
            Batch up = new BatchMixing(1, 0, 2).mix(twoImages(), new SplittableRandom(seed));
            assertThat(up.images().get(0)).isEqualTo(values(up)[1]).isBetween(0.001f, 0.999f);
            Batch cut = new BatchMixing(0, 1, 2).mix(twoImages(), new SplittableRandom(seed));
            assertThat(Pictures.floats(cut.images())).containsOnly(0, 1);
        }
    }

    @Test
    void anImageAloneIsMixedWithItself() {
        FloatBuffer images = Pictures.buffer(LENGTH);
        images.put(5, 0.75f);
        Batch batch = new Batch(images, SIDE, SIDE, new Target.Classes(new int[] {1}));
        Batch mixed = new BatchMixing(0.2, 0, 2).mix(batch, new SplittableRandom(1));
        assertThat(mixed.images().get(5)).isEqualTo(0.75f, within(1e-6f));
        assertThat(values(mixed)[1]).isEqualTo(1, within(1e-6f));
    }

    @Test
    void masksAreRefused() {
        Batch masks =
                new Batch(Pictures.buffer(LENGTH), SIDE, SIDE, new Target.Masks(new byte[SIDE * SIDE], SIDE, SIDE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchMixing(1, 0, 2).mix(masks, new SplittableRandom(1)))
                .withMessage("only images with classes or label sets are mixed");
    }
}
