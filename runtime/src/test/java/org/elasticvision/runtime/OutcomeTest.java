package org.elasticvision.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OutcomeTest {
    private final List<Integer> asked = new ArrayList<>();

    @Test
    void aGoodBatchIsAskedAboutOnce() {
        assertThat(answers(Outcome.of(refusing(List.of()), images(8))))
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
        assertThat(asked).containsExactly(8);
    }

    @Test
    void oneBadImageCostsItsHalvesAndNotAllOthersOneByOne() {
        List<Outcome<String>> outcomes = Outcome.of(refusing(List.of("6")), images(8));
        assertThat(asked).containsExactly(8, 4, 4, 2, 2, 1, 1);
        assertThat(answers(outcomes)).containsExactly("0", "1", "2", "3", "4", "5", null, "7");
        assertThat(failure(outcomes.get(6)).badImage()).hasMessage("6");
    }

    @Test
    void allMayBeBad() {
        List<Outcome<String>> outcomes = Outcome.of(refusing(List.of("0", "1", "2")), images(3));
        assertThat(outcomes)
                .extracting(outcome -> failure(outcome).failure().getMessage())
                .containsExactly("0", "1", "2");
    }

    @Test
    void aPredictorTakesAtLeastOneImage() {
        assertThatThrownBy(() -> Predictor.of(0, images -> List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batch 0 must be at least 1");
    }

    @Test
    void whatIsNotAboutAnImageIsNoBadImage() {
        IllegalStateException broken = new IllegalStateException("broken");
        Predictor<String> predictor = images -> {
            throw broken;
        };
        List<Outcome<String>> outcomes = Outcome.of(predictor, images(1));
        assertThatThrownBy(() -> failure(outcomes.get(0)).badImage()).isSameAs(broken);
    }

    private static List<String> answers(List<Outcome<String>> outcomes) {
        List<String> answers = new ArrayList<>();
        outcomes.forEach(outcome ->
                answers.add(outcome instanceof Outcome.Answered<String> answered ? answered.answer() : null));
        return answers;
    }

    private static Outcome.Failed<String> failure(Outcome<String> outcome) {
        return (Outcome.Failed<String>) outcome;
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
