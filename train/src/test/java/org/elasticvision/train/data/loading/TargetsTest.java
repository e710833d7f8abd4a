package org.elasticvision.train.data.loading;

import java.util.List;
import org.elasticvision.train.data.Target;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
    }
}
