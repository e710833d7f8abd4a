package org.elasticvision.train.data.loading;

import java.util.List;
import org.elasticvision.runtime.answer.Framing;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.train.data.Target;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TargetsTest {
    @Test
    void classes() {
        Target joined = Targets.join(List.of(new Target.Classes(new int[] {3}), new Target.Classes(new int[] {1})));
        assertThat(((Target.Classes) joined).labels()).containsExactly(3, 1);
    }

    @Test
    void labelSets() {
        Target.LabelSets joined = (Target.LabelSets) Targets.join(List.of(
                new Target.LabelSets(new float[] {0, 1, 1}, 3), new Target.LabelSets(new float[] {1, 0, 0}, 3)));
        assertThat(joined.values()).containsExactly(0, 1, 1, 1, 0, 0);
        assertThat(joined.size()).isEqualTo(2);
    }

    @Test
    void masks() {
        Target.Masks joined = (Target.Masks) Targets.join(
                List.of(new Target.Masks(new byte[] {1, 2}, 1, 2), new Target.Masks(new byte[] {3, -1}, 1, 2)));
        assertThat(joined.pixels()).containsExactly(1, 2, 3, -1);
        assertThat(List.of(joined.size(), joined.height(), joined.width())).containsExactly(2, 1, 2);
        assertThat(joined.truth(1).mask().indices()).containsExactly(3, -1);
        assertThat(joined.truth(1).framing()).isEqualTo(Framing.whole(2, 1));
    }

    @Test
    void masksAsTheyWereDrawn() {
        Target.WholeMask first = new Target.WholeMask(new IndexImage(4, 2, new byte[8]), Framing.whole(2, 1));
        Target.WholeMask second = new Target.WholeMask(new IndexImage(6, 3, new byte[18]), Framing.whole(2, 1));
        Target.Masks joined = (Target.Masks) Targets.join(List.of(
                new Target.Masks(new byte[2], 1, 2, List.of(first)),
                new Target.Masks(new byte[2], 1, 2, List.of(second))));
        assertThat(joined.truth(0)).isSameAs(first);
        assertThat(joined.truth(1)).isSameAs(second);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Target.Masks(new byte[4], 1, 2, List.of(first)))
                .withMessage("1 whole masks for 2 images");
    }

    @Test
    void labelSetsAsTheMetricsTakeThem() {
        Target.LabelSets sets = new Target.LabelSets(new float[] {0, 1, 1, 1, 0, 0}, 3);
        assertThat(List.of(
                        sets.truth(0).isPresent(0),
                        sets.truth(0).isPresent(2),
                        sets.truth(1).isPresent(0)))
                .containsExactly(false, true, true);
    }
}
