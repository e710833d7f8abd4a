package org.elasticvision.convert;

import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OtherReleasesTest {
    @Test
    void torchvisionsSecondWeightsAreCutFromALesserMargin() {
        Preprocessing second =
                OtherReleases.preprocessing("1a0047aa" + "0".repeat(56)).orElseThrow();
        assertThat(second.resize()).isEqualTo(232);
        assertThat(second.height()).isEqualTo(224);
        assertThat(second.mean())
                .isEqualTo(
                        Preprocessing.published(Task.CLASSIFICATION, 224, 224).mean());
        assertThat(OtherReleases.preprocessing("7cdf4587" + "0".repeat(56))).isEmpty();
    }
}
