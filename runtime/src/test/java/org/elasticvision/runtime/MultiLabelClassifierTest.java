package org.elasticvision.runtime;

import java.nio.file.Path;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.image.ImageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class MultiLabelClassifierTest {
    @TempDir
    Path folder;

    @Test
    void eachClassStandsForItself() {
        try (MultiLabelClassifier model = MultiLabelClassifier.open(TestModels.multiLabel(folder, 1))) {
            LabelSet answer = model.predict(ImageSource.of(TestModels.plain(5, 5, 0x3300FF)));
            assertThat(answer.scores()).extracting(Score::logit).containsExactly(1f, -1f, 9f);
            assertThat(answer.scores().get(0).probability()).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-15));
            assertThat(answer.scores().get(1).probability()).isCloseTo(1 / (1 + Math.exp(1)), within(1e-15));
            assertThat(answer.present()).extracting(Score::index).containsExactly(2, 0);
            assertThat(answer.atLeast(0.9)).extracting(Score::index).containsExactly(2);
            assertThat(answer.atLeast(0)).hasSize(3);
        }
    }
}
