package org.elasticvision.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StageListenerTest {
    @TempDir
    Path folder;

    private static ImageSource red() {
        return ImageSource.of(() -> new RgbImage(1, 1, new byte[] {-1, 0, 0}), "red");
    }

    @Test
    void hearsOfEachBatchThatWentThrough() {
        List<StageTimes> heard = new ArrayList<>();
        ModelOptions options = ModelOptions.defaults().withBatch(2).withStageListener(heard::add);
        try (Model<?> model = Model.open(TestModels.classifier(folder, -1), options)) {
            model.predict(List.of(red(), red(), red()));
        }
        assertThat(heard).extracting(StageTimes::images).containsExactly(2, 1);
        assertThat(heard).allSatisfy(times -> assertThat(
                        List.of(times.decode(), times.preprocess(), times.inference(), times.postprocess()))
                .allMatch(nanos -> nanos > 0));
        assertThat(heard.get(0).total())
                .isEqualTo(heard.get(0).decode()
                        + heard.get(0).preprocess()
                        + heard.get(0).inference()
                        + heard.get(0).postprocess());
    }

    @Test
    void doesNotHearOfACallThatFailed() {
        List<StageTimes> heard = new ArrayList<>();
        ModelOptions options = ModelOptions.defaults().withStageListener(heard::add);
        try (Model<?> model = Model.open(TestModels.classifier(folder, -1), options)) {
            assertThatThrownBy(() -> model.predict(ImageSource.of(new byte[] {1}, "broken")))
                    .isInstanceOf(ImageException.class);
        }
        assertThat(heard).isEmpty();
    }
}
