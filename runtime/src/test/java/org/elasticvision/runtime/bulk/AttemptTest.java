package org.elasticvision.runtime.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AttemptTest {
    private final List<Integer> asked = new ArrayList<>();

    @Test
    void aGoodBatchIsAskedAboutOnce() {
        assertThat(Attempt.each(refusing(List.of()), images(8)))
                .extracting(Attempt::answer)
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
        assertThat(asked).containsExactly(8);
    }

    @Test
    void oneBadImageCostsItsHalvesAndNotAllOthersOneByOne() {
        List<Attempt<String>> attempts = Attempt.each(refusing(List.of("6")), images(8));
        assertThat(asked).containsExactly(8, 4, 4, 2, 2, 1, 1);
        assertThat(attempts).extracting(Attempt::answer).containsExactly("0", "1", "2", "3", "4", "5", null, "7");
        assertThat(attempts.get(6).failure()).isInstanceOf(ImageException.class).hasMessage("6");
    }

    @Test
    void allMayBeBad() {
        assertThat(Attempt.each(refusing(List.of("0", "1", "2")), images(3)))
                .extracting(attempt -> attempt.failure().getMessage())
                .containsExactly("0", "1", "2");
    }

    @Test
    void aPredictorTakesAtLeastOneImage() {
        assertThatThrownBy(() -> Predictor.of(0, images -> List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batch 0 must be at least 1");
    }

    /** Answers with the names, unless one of them is bad. */
    private Predictor<String> refusing(List<String> bad) {
        return Predictor.of(8, images -> {
            asked.add(images.size());
            List<String> names = images.stream().map(ImageSource::name).toList();
            names.stream().filter(bad::contains).findFirst().ifPresent(name -> {
                throw new ImageException(name);
            });
            return names;
        });
    }

    private static List<ImageSource> images(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ImageSource.of(new RgbImage(1, 1, new byte[3]), String.valueOf(i)))
                .toList();
    }
}
